"""The way of a finding: notice, reply, re-check, closed; and upwards when nobody replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor, command_actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.evidence import attach
from kaohe.web.roster.models import County
from kaohe.web.supervision.actions.plans import find_plan
from kaohe.web.supervision.actions.visits import Files, store_files
from kaohe.web.supervision.models import Finding, Inspection, Step
from kaohe.web.supervision.queries.findings import days_late, overdue
from kaohe.web.supervision.queries.reach import findings_answered, findings_run

_State = Finding.State


class Way(Enum):
    """What becomes of a finding when the notice is written."""

    NOTIFY = "notify"
    SETTLED = "settled"
    LATER = "later"


@dataclass(frozen=True)
class Order:
    """A finding with the demand that the notice makes, or how it was settled on the spot."""

    finding_id: int
    way: Way
    text: str


def send_notice(
    *,
    actor: Actor,
    inspection_id: int,
    orders: Sequence[Order],
    due: date,
    sent: Sent | None = None,
) -> Inspection:
    """Demand that findings be put right by a day; those settled on the spot are closed.

    Raises Refusal without any order, without a demand, or with a day that is over.
    """
    with writing(actor, "finding.notify", sent=sent) as change:
        plan = find_plan(change, inspection_id)
        row = change.find(plan.inspections.all(), inspection_id)
        told = [one for one in orders if one.way != Way.LATER]
        if not told:
            raise Refusal("请至少选一个问题发整改通知，或登记当场整改。")
        _refuse_if_over(change, due)
        for one in told:
            finding = change.find(row.findings.all(), one.finding_id)
            if not one.text:
                raise Refusal(f"“{finding}”：请写明整改要求，或当场怎样整改。")
            if one.way == Way.NOTIFY:
                _notify(change, finding, one.text, due)
            else:
                _close(change, finding)
                _step(change, finding, Step.Kind.SETTLED, one.text, passed=True)
            change.update(finding)
        change.leads_to(reverse("supervision:inspection", args=[row.pk]))
        return row


def reply(
    *,
    actor: Actor,
    finding_id: int,
    text: str,
    files: Files = (),
    seen: int,
    sent: Sent | None = None,
) -> Finding:
    """Say how a finding was put right; nobody replies to an inspection that they lead."""
    with writing(actor, "finding.reply", sent=sent) as change:
        finding = change.find(findings_answered(actor), finding_id, version=seen)
        _move(finding, _State.REPLIED)
        change.update(finding)
        _step(change, finding, Step.Kind.REPLY, text, files=files)
        change.leads_to(reverse("supervision:finding", args=[finding.pk]))
        return finding


@dataclass(frozen=True)
class Recheck:
    """What a second look showed. Not passed: what is still to be done, by when."""

    passed: bool
    text: str
    files: Files = ()
    due: date | None = None


def recheck(
    *, actor: Actor, finding_id: int, facts: Recheck, seen: int, sent: Sent | None = None
) -> Finding:
    """Close a finding, or demand it again by a new day. Nobody re-checks their own reply."""
    with writing(actor, "finding.recheck", sent=sent) as change:
        rows = findings_run(actor, "finding.recheck")
        finding = change.find(rows, finding_id, version=seen)
        last = finding.steps.filter(kind=Step.Kind.REPLY).last()
        if last is not None and last.by_id is not None and last.by_id == actor.account_id:
            raise Refusal("不能复查自己的回复；请由督查的其他人复查。")
        if facts.passed:
            _close(change, finding)
        elif facts.due is None:
            raise Refusal("复查不合格的，要定新的整改期限。", field="due")
        else:
            _refuse_if_over(change, facts.due)
            _notify(change, finding, finding.demand, facts.due, told=False)
        change.update(finding)
        _step(
            change,
            finding,
            Step.Kind.RECHECK,
            facts.text,
            passed=facts.passed,
            files=facts.files,
            due=None if facts.passed else facts.due,
        )
        change.leads_to(reverse("supervision:finding", args=[finding.pk]))
        return finding


def escalate_overdue() -> int:
    """Report to each county's headquarters what nobody replied to in time; how many. Run it daily.

    A finding is reported once for each day that was set for it.
    """
    return sum(_escalate_in(key) for key in County.objects.values_list("pk", flat=True))


def _escalate_in(county_id: int) -> int:
    today = timezone.localdate()
    late = overdue(Finding.objects.filter(inspection__county=county_id), today)
    new = late.filter(escalated_at__isnull=True)
    if not new.exists():
        return 0
    with writing(command_actor(county_id, "upkeep"), "finding.escalate") as change:
        rows = change.find_all(new)
        for row in rows:
            row.escalated_at = change.at
            change.update(row)
            assert row.due is not None, "what is overdue was due on a day"
            text = (
                f"应在{date_format(row.due)}以前整改，逾期 {days_late(row, today)} 天没有回复，"
                "报指挥部办公室。"
            )
            _step(change, row, Step.Kind.ESCALATED, text)
        return len(rows)


def _notify(change: Change, finding: Finding, demand: str, due: date, *, told: bool = True) -> None:
    _move(finding, _State.NOTIFIED)
    finding.demand, finding.due = demand, due
    finding.notified_at, finding.escalated_at = change.at, None
    if told:
        _step(change, finding, Step.Kind.NOTICE, demand, due=due)


def _close(change: Change, finding: Finding) -> None:
    _move(finding, _State.CLOSED)
    finding.closed_at = change.at


def _move(finding: Finding, to: Finding.State) -> None:
    """Raises Refusal where the table does not lead there."""
    if to not in Finding.NEXT[_State(finding.state)]:
        raise Refusal(
            f"这个问题{finding.get_state_display()}，不能改为“{to.label}”；请刷新页面看最新情况。"
        )
    finding.state = to


def _refuse_if_over(change: Change, due: date) -> None:
    if due <= timezone.localdate(change.at):
        raise Refusal("整改期限应在今天以后；请改日期。", field="due")


def _step(
    change: Change,
    finding: Finding,
    kind: Step.Kind,
    text: str,
    *,
    passed: bool | None = None,
    due: date | None = None,
    files: Files = (),
) -> None:
    step = change.create(
        Step(
            finding=finding,
            kind=kind,
            text=text,
            passed=passed,
            due=due,
            by_id=change.actor.account_id,
            by=change.actor.name if change.actor.account_id is not None else "系统自动",
        )
    )
    attach(change, Step.evidence.through, step, store_files(change, finding.inspection, files))
