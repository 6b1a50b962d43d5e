"""Monthly reports: when they are due, who has to report, who has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import MonthlyReport
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, terms_of, year_of
from kaohe.web.fieldwork.queries.postings import Service, own_services, services_in
from kaohe.web.fieldwork.queries.reach import reports_in
from kaohe.web.roster.models import Posting, WorkYear

# In a county without a year: those of whom the regulation asks it (二(三)6(4)).
_USUALLY = frozenset([Posting.Kind.FIRST_SECRETARY])


def reports_listed(reach: Reach) -> QuerySet[MonthlyReport]:
    """Reports with all that a line names, each with `files` and whether it was `late`."""
    return (
        reports_in(reach)
        .select_related("person", "posting__village__township", "posting__department")
        .annotate(files=Count("evidence"), received=TruncDate("received_at"))
        .annotate(late=ExpressionWrapper(Q(received__gt=F("due")), output_field=BooleanField()))
    )


def days_late(report: MonthlyReport) -> int:
    """How many days after its due day a report was received; 0 when in time."""
    return max(0, (timezone.localdate(report.received_at) - report.due).days)


def due_day(county_id: int, month: date) -> date:
    """The last day on which a month's report is in time, by the year's scheme."""
    last = last_of_month(month)
    day = terms_of(county_id, last).report_due
    return last if day == 0 else last + timedelta(days=day)


def changeable_until(report: MonthlyReport) -> date:
    """Until when a report can be changed: the days of grace after it was due or came."""
    grace = terms_of(report.county_id, last_of_month(report.month)).journal_grace
    came = timezone.localdate(report.received_at)
    return max(report.due, came) + timedelta(days=grace)


def why_not_now(county_id: int, month: date, today: date, report: MonthlyReport | None) -> str:
    """Why a month's report can't be handed in, or changed, today; empty when it can.

    A missing one can always be handed in late, until the month is closed.
    """
    shown = date_format(month, "YEAR_MONTH_FORMAT")
    if month > today:
        return f"{shown}还没有到，不能提前报月报。"
    if report is not None and today > (until := changeable_until(report)):
        return f"{shown}的月报只能改到{date_format(until)}；有更正的，请写在下一个月的月报里。"
    try:
        refuse_if_closed(year_of(county_id, month), month)
    except Refusal as refusal:
        return refusal.message
    return ""


def reporting_kinds(county_id: int, month: date) -> frozenset[str]:
    """The kinds of postings of whom the year's scheme counts monthly reports."""
    year = year_of(county_id, month) or WorkYear.objects.filter(county_id=county_id).first()
    if year is None:
        return frozenset(_USUALLY)
    named = {
        kind
        for fact in year.scheme.facts
        if fact.source is not None and fact.source.built_in == "monthly_reports"
        for kind in fact.kinds
    }
    return frozenset(kind for kind in Posting.Kind if kind.label in named)


def own_report(actor: Actor, service: Service, month: date) -> MonthlyReport | None:
    """The report of one of the account's own services."""
    rows = reports_in(actor.reach("report.write"))
    return rows.filter(posting=service.posting, person=service.person, month=month).first()


def services_of_month(actor: Actor, month: date) -> list[Service]:
    """The services in which the account may report about a month: those with a day in it."""
    return own_services(actor, month, last_of_month(month))


@dataclass(frozen=True)
class Due:
    """Somebody who has to report about a month, with the report if it is there."""

    service: Service
    report: MonthlyReport | None
    due: date
    today: date

    @property
    def days_late(self) -> int:
        """Of the report that came, or of the missing one until today."""
        if self.report is not None:
            return days_late(self.report)
        return max(0, (self.today - self.due).days)

    @property
    def days_left(self) -> int:
        return max(0, (self.due - self.today).days)

    @property
    def missing(self) -> bool:
        """Not there, and the day on which it was due is over."""
        return self.report is None and self.today > self.due


def dues_in(reach: Reach, month: date, today: date) -> list[Due]:
    """Everybody within reach who has to report about the month, by township and village.

    That is whoever serves at the month's end: who left before it reports to nobody any more. In the
    running month it is whoever serves today.
    """
    month = month.replace(day=1)
    day = min(last_of_month(month), max(today, month))
    kinds = reporting_kinds(reach.county_id, month)
    serving = services_in(reach, day, day, kind__in=kinds) if kinds else []
    return _dues(serving, reach.county_id, month, today)


def own_dues(actor: Actor, month: date, today: date) -> list[Due]:
    """The same for the persons whom the account stands for."""
    month = month.replace(day=1)
    day = min(last_of_month(month), max(today, month))
    kinds = reporting_kinds(actor.county_id, month)
    serving = [one for one in own_services(actor, day, day) if one.posting.kind in kinds]
    return _dues(serving, actor.county_id, month, today)


def _dues(serving: Sequence[Service], county_id: int, month: date, today: date) -> list[Due]:
    if not serving:
        return []
    people = {one.person.pk for one in serving}
    rows = MonthlyReport.objects.filter(county_id=county_id, month=month, person__in=people)
    there = {(row.posting_id, row.person_id): row for row in rows}
    due = due_day(county_id, month)
    return [Due(one, there.get(one.key), due, today) for one in serving]
