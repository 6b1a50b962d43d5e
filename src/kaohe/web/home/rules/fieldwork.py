"""Daily work: journals and monthly reports, one's own and those that a township waits for."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.formats import date_format

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.queries.journal_months import unwritten_days
from kaohe.web.fieldwork.queries.reports import Due, dues_in, own_dues
from kaohe.web.home.links import to
from kaohe.web.home.todo import Asked, Rule, Todo, rule

# Days before the month's end from which on a report is asked for.
SOON = 5


@rule("journal.write")
def journals_are_missing(asked: Asked) -> Todo | None:
    days = unwritten_days(asked.actor, asked.today)
    if not days:
        return None
    named = "、".join(date_format(day, "n月j日") for day in days[:4])
    why = f"{named}没有日志。过了补写期限就锁定，不能再写。"
    url = to("fieldwork:journal-write", day=days[0].isoformat())
    return Todo("补写工作日志", len(days), why, url, measure="天")


@rule("report.write")
def last_month_s_report_is_missing(asked: Asked) -> Todo | None:
    month = _month_before(asked.today)
    open_dues = [one for one in own_dues(asked.actor, month, asked.today) if one.report is None]
    if not open_dues:
        return None
    return _own(open_dues, month, late=any(one.missing for one in open_dues))


@rule("report.write")
def this_month_s_report_is_due(asked: Asked) -> Todo | None:
    month = asked.today.replace(day=1)
    soon = [
        one
        for one in own_dues(asked.actor, month, asked.today)
        if one.report is None and one.days_left <= SOON
    ]
    return _own(soon, month, late=False) if soon else None


@rule("attendance.book")
def reports_are_missing(asked: Asked) -> Todo | None:
    """For the township, which the reports are written to, and the headquarters."""
    there = asked.within("report.view")
    missing = there.once(_missing_last_month)
    if not missing:
        return None
    month = _month_before(asked.today)
    why = f"{date_format(month, 'YEAR_MONTH_FORMAT')}的月报过了期限还没有收到。"
    url = to("fieldwork:reports-due", month=f"{month:%Y-%m}")
    return Todo("催报月报", missing, why, url, measure="份", late=True)


def _missing_last_month(reach: Reach, today: date) -> int:
    return sum(1 for one in dues_in(reach, _month_before(today), today) if one.missing)


def _own(dues: list[Due], month: date, *, late: bool) -> Todo:
    shown = date_format(month, "YEAR_MONTH_FORMAT")
    due = date_format(dues[0].due)
    why = f"应在{due}以前报，现在报会标明迟报。" if late else f"应在{due}以前报送。"
    url = to("fieldwork:report-write", month=f"{month:%Y-%m}")
    return Todo(f"报{shown}月报", len(dues), why, url, measure="份", late=late)


def _month_before(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


RULES: tuple[Rule, ...] = (
    last_month_s_report_is_missing,
    this_month_s_report_is_due,
    journals_are_missing,
    reports_are_missing,
)
