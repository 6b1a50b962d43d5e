"""What happens to a project: reports of progress, their confirmation, inspections, acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.deciding import decide, refuse_closed_year, refuse_day, reported
from kaohe.web.fieldwork.actions.evidence import attach, store
from kaohe.web.fieldwork.actions.projects import Files, address_of
from kaohe.web.fieldwork.models import ProgressReport, Project, ProjectCheck
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, year_of
from kaohe.web.fieldwork.queries.projects import DONE, latest_report, reports_about
from kaohe.web.fieldwork.queries.reach import progress_in, projects_in


@dataclass(frozen=True)
class ProgressFacts:
    """How far a project is on a day; percent 0 to 100, amounts in 万元, both until that day.

    reason: why a number is lower than before, or more was paid than arrived.
    """

    day: date
    percent: int
    arrived: Decimal
    paid: Decimal
    text: str
    reason: str = ""
    files: Files = ()


@dataclass(frozen=True)
class CheckFacts:
    """What somebody found at a project on a day."""

    kind: str
    day: date
    passed: bool
    text: str
    files: Files = ()


def report_progress(
    *, actor: Actor, project_id: int, facts: ProgressFacts, sent: Sent | None = None
) -> ProgressReport:
    """Add a report; from then on the project stands as it says.

    Reports are added and never changed, so that nobody overwrites another's. Raises Refusal for a
    day to come, before the latest report or in a closed month; and, until the reason says why, for
    a number that fell, for more paid than arrived and for more arrived than planned.
    """
    with writing(actor, "project.change", sent=sent) as change:
        project = change.find(projects_in(change.reach), project_id)
        _refuse_time(change, project, facts.day)
        latest = latest_report(project)
        if latest is not None and facts.day < latest.day:
            raise Refusal(
                f"已经报到{date_format(latest.day)}，不能再报更早的；请填那一天或以后的日期。",
                field="day",
            )
        if not facts.reason and (asked := questions_about(project, latest, facts)):
            raise Refusal(f"{asked[0]}；情况属实的，请在这里写明原因。", field="reason")
        row = ProgressReport(project=project, day=facts.day, percent=facts.percent)
        row.arrived, row.paid, row.text = facts.arrived, facts.paid, facts.text
        row.reason = facts.reason
        reported(change, row)
        change.create(row)
        stored = store(change, facts.files, unit=project.department, village=project.village)
        attach(change, ProgressReport.evidence.through, row, stored)
        change.leads_to(address_of(project))
        return row


def questions_about(
    project: Project, latest: ProgressReport | None, facts: ProgressFacts
) -> list[str]:
    """What in a report can be so, but is asked for a reason."""
    asked = []
    if latest is not None:
        for label, was, now, unit in (
            ("进度", latest.percent, facts.percent, "%"),
            ("累计到位", latest.arrived, facts.arrived, "万元"),
            ("累计支付", latest.paid, facts.paid, "万元"),
        ):
            if now < was:
                asked.append(f"{label}从 {was}{unit} 减到 {now}{unit}")
    if facts.paid > facts.arrived:
        asked.append(f"累计支付 {facts.paid}万元，多于累计到位 {facts.arrived}万元")
    if facts.arrived > project.planned:
        asked.append(f"累计到位 {facts.arrived}万元，多于计划资金 {project.planned}万元")
    return asked


def confirm_progress(
    *, actor: Actor, chosen: Sequence[tuple[int, int]], sent: Sent | None = None
) -> int:
    """Confirm several reports, each a key and the version that was shown; how many, all or none."""
    with writing(actor, "project.confirm", sent=sent) as change:
        if not chosen:
            raise Refusal("请先勾选要确认的进度。")
        for pk, seen in sorted(chosen):
            _decide(change, pk, seen, accepted=True, opinion="")
        change.leads_to(reverse("fieldwork:projects-waiting"))
        return len(chosen)


def decide_progress(
    *,
    actor: Actor,
    report_id: int,
    seen: int,
    accepted: bool,
    opinion: str,
    sent: Sent | None = None,
) -> ProgressReport:
    """Confirm one report, or send it back: then the project stands by the report before it."""
    with writing(actor, "project.confirm", sent=sent) as change:
        row = _decide(change, report_id, seen, accepted=accepted, opinion=opinion)
        change.leads_to(address_of(row.project))
        return row


def check_project(
    *, actor: Actor, project_id: int, facts: CheckFacts, sent: Sent | None = None
) -> ProjectCheck:
    """Write down an inspection or an acceptance.

    Raises Refusal for whoever reported about the project, for a day to come or in a closed month,
    for an acceptance before the whole is done or without evidence.
    """
    with writing(actor, "project.confirm", sent=sent) as change:
        project = change.find(projects_in(change.reach), project_id)
        _refuse_time(change, project, facts.day)
        if reports_about(actor, project):
            raise Refusal(f"您填报过“{project}”的进度，要由别人检查、验收。")
        if facts.kind == ProjectCheck.Kind.ACCEPTANCE:
            _refuse_acceptance(project, facts)
        row = ProjectCheck(project=project, kind=facts.kind, day=facts.day, passed=facts.passed)
        row.text, row.done_by_id, row.done_by = facts.text, actor.account_id, actor.name
        change.create(row)
        stored = store(change, facts.files, unit=project.department, village=project.village)
        attach(change, ProjectCheck.evidence.through, row, stored)
        change.leads_to(address_of(project))
        return row


def _decide(
    change: Change, report_id: int, seen: int, *, accepted: bool, opinion: str
) -> ProgressReport:
    rows = progress_in(change.reach).select_related("project__year")
    row = change.find(rows, report_id, version=seen)
    refuse_closed_year(row.project.year)
    refuse_if_closed(year_of(change.actor.county_id, row.day), row.day)
    if accepted and not row.evidence.exists():
        raise Refusal(
            f"“{row.project}”{date_format(row.day)}的进度没有佐证，不能确认；请退回，补了再报。"
        )
    decide(change, row, accepted=accepted, opinion=opinion)
    change.update(row)
    return row


def _refuse_time(change: Change, project: Project, day: date) -> None:
    refuse_closed_year(project.year)
    # What is left over from a year is often accepted and paid in the next.
    refuse_day(change, project.year, day, within=False)
    refuse_if_closed(year_of(change.actor.county_id, day), day)


def _refuse_acceptance(project: Project, facts: CheckFacts) -> None:
    latest = latest_report(project)
    percent = latest.percent if latest is not None else 0
    if percent < DONE:
        raise Refusal(f"进度只报到 {percent}%；报到 {DONE}% 以后再验收。", field="kind")
    if not facts.files:
        raise Refusal("验收要附验收单或现场照片。", field="attachments")
