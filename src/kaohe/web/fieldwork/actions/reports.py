"""The written report at the end of a month (regulation 二(三)6(4))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.evidence import attach, store
from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.files.checked import MOST, CheckedFile
from kaohe.web.fieldwork.models import MonthlyReport
from kaohe.web.fieldwork.queries.postings import Service, services_in
from kaohe.web.fieldwork.queries.reports import due_day, why_not_now
from kaohe.web.roster.queries.reach import people_in


@dataclass(frozen=True)
class ReportFacts:
    """A month's report as it was typed; month is its first day. dropped: keys of files."""

    posting_id: int
    person_id: int
    month: date
    progress: str
    problems: str = ""
    emergencies: str = ""
    files: Sequence[UploadedFile | CheckedFile] = ()
    dropped: frozenset[int] = frozenset()


def write_report(
    *, actor: Actor, facts: ReportFacts, seen: int = 0, sent: Sent | None = None
) -> MonthlyReport:
    """Hand in a month's report, or change the one that stood at version `seen` (0: there was none).

    When it was first received stays, and is what decides whether it was late. Raises Refusal for a
    month that is not open, out of service or reported already, Conflict when it was changed since.
    """
    with writing(actor, "report.write", sent=sent) as change:
        change.find(people_in(change.reach), facts.person_id)
        service = _service(change, facts)
        report = _report(change, facts, service, seen)
        report.progress, report.problems = facts.progress, facts.problems
        report.emergencies = facts.emergencies
        if report.pk is None:
            change.create(report)
        else:
            change.update(report)
        _keep_files(change, report, service, facts)
        change.leads_to(reverse("fieldwork:report", args=[report.pk]))
        return report


def _service(change: Change, facts: ReportFacts) -> Service:
    found = services_in(change.reach, facts.month, last_of_month(facts.month), pk=facts.posting_id)
    service = next((one for one in found if one.person.pk == facts.person_id), None)
    if service is None:
        shown = date_format(facts.month, "YEAR_MONTH_FORMAT")
        raise Refusal(f"{shown}您没有一天在这个派驻期间，不用报这个月；请核对月份和村。")
    return service


def _report(change: Change, facts: ReportFacts, service: Service, seen: int) -> MonthlyReport:
    rows = MonthlyReport.objects.filter(
        posting=facts.posting_id, person=facts.person_id, month=facts.month
    )
    known = rows.first()
    today = timezone.localdate(change.at)
    if refused := why_not_now(change.actor.county_id, facts.month, today, known):
        raise Refusal(refused)
    if known is None:
        return MonthlyReport(
            county_id=change.actor.county_id,
            posting=service.posting,
            person=service.person,
            month=facts.month,
            received_at=change.at,
            due=due_day(change.actor.county_id, facts.month),
        )
    if not seen:
        shown = date_format(facts.month, "YEAR_MONTH_FORMAT")
        raise Refusal(f"{shown}已经报过；请打开那一份，在那里修改。")
    return change.find(rows, known.pk, version=seen)


def _keep_files(
    change: Change, report: MonthlyReport, service: Service, facts: ReportFacts
) -> None:
    link = MonthlyReport.evidence.through
    rows = link._default_manager.filter(monthlyreport=report)
    change.delete_many(list(rows.filter(evidence__in=facts.dropped)))
    if (number := rows.count() + len(facts.files)) > MOST:
        raise Refusal(f"一份月报最多 {MOST} 个附件，现在有 {number} 个；请去掉几个。")
    stored = store(change, facts.files, person=service.person, village=service.posting.village)
    attach(change, link, report, stored)
