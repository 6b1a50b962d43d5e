"""Months and working days: the Chinese calendar with exchanged days, and what the office set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]

from kaohe.web.common.errors import Refusal

FIRST, LAST = 2004, 2026  # the years that the calendar's table holds
EARLIEST, LATEST = 2000, 2100
DAY = timedelta(days=1)


def days_of_month(month: date) -> list[date]:
    """All days of the month in which the given day lies."""
    return days_between(month.replace(day=1), last_of_month(month))


def last_of_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1) - DAY


def days_between(first: date, last: date) -> list[date]:
    """All days from the first to the last, both included; none the wrong way round."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def month_of(text: str | None, otherwise: date) -> date:
    """The first day of a month written as 2016-05; of `otherwise` for anything else."""
    try:
        month = date.fromisoformat(f"{(text or '')[:7]}-01")
    except ValueError:
        return otherwise.replace(day=1)
    return month if EARLIEST <= month.year <= LATEST else otherwise.replace(day=1)


def working_days(days: Iterable[date], set_by_office: Mapping[date, bool]) -> list[date]:
    """Those of the days on which offices work.

    Raises Refusal for a year that neither the calendar nor the office's table holds.
    """
    return [day for day in days if works(day, set_by_office)]


def works(day: date, set_by_office: Mapping[date, bool]) -> bool:
    """Whether offices work on a day; the office's own table rules."""
    if day in set_by_office:
        return set_by_office[day]
    if not FIRST <= day.year <= LAST:
        raise Refusal(f"{day.year} 年的放假安排还没有录入。请指挥部办公室在“工作日”页录入。")
    return bool(chinese_calendar.is_workday(day))


@dataclass(frozen=True)
class CalendarDay:
    """A day as calendars show it. works is None while the year's holidays are not known.

    word is what makes it unusual: a holiday's name, or 班 for a weekend on which offices work.
    """

    day: date
    works: bool | None
    word: str
    by_office: bool = False

    @property
    def rest(self) -> bool:
        return self.works is False


def calendar_day(day: date, set_by_office: Mapping[date, bool]) -> CalendarDay:
    """A day with its word; never refuses."""
    if day in set_by_office:
        working = set_by_office[day]
        return CalendarDay(day, working, _set_word(day, works=working), by_office=True)
    if not FIRST <= day.year <= LAST:
        return CalendarDay(day, None, "")
    holiday, name = chinese_calendar.get_holiday_detail(day)
    if not holiday:
        return CalendarDay(day, True, "班" if day.weekday() >= 5 else "")
    return CalendarDay(day, False, chinese_calendar.Holiday(name).chinese[:3] if name else "")


def _set_word(day: date, *, works: bool) -> str:
    usual = day.weekday() < 5
    return "" if works == usual else "班" if works else "休"
