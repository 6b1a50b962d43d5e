"""The county's working days: what the office set, and a year as a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.calendar import (
    FIRST,
    LAST,
    CalendarDay,
    calendar_day,
    days_between,
    days_of_month,
    working_days,
)
from kaohe.web.fieldwork.models import Workday

Shown = TypeVar("Shown")


def set_by_office(county_id: int, first: date, last: date) -> dict[date, bool]:
    """What the office set about the days from the first to the last."""
    rows = Workday.objects.filter(county_id=county_id, day__range=(first, last))
    return dict(rows.values_list("day", "works"))


def calendar_of(county_id: int, first: date, last: date) -> list[CalendarDay]:
    """All days from the first to the last, as calendars show them."""
    known = set_by_office(county_id, first, last)
    return [calendar_day(day, known) for day in days_between(first, last)]


def count_working_days(county_id: int, days: Iterable[date]) -> int | None:
    """How many of the days offices work; None when a year's holidays are not known."""
    asked = list(days)
    if not asked:
        return 0
    try:
        return len(working_days(asked, set_by_office(county_id, min(asked), max(asked))))
    except Refusal:
        return None


@dataclass(frozen=True)
class CalendarMonth:
    """A month in weeks of seven, Monday first, filled with None at both ends."""

    month: date
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    working: int | None


@dataclass(frozen=True)
class CalendarYear:
    """A year's calendar with the office's own rows. known: whether its holidays are."""

    year: int
    months: tuple[CalendarMonth, ...]
    changes: tuple[Workday, ...]
    known: bool
    entered_whole: bool

    @property
    def working(self) -> int | None:
        counted = [month.working for month in self.months if month.working is not None]
        return sum(counted) if len(counted) == 12 else None


def calendar_year(county_id: int, year: int) -> CalendarYear:
    """The calendar of a year, with what the office set."""
    rows = Workday.objects.filter(county_id=county_id, day__year=year).order_by("day")
    changes = {row.day: row for row in rows}
    known = {day: row.works for day, row in changes.items()}
    months = tuple(_month(date(year, number, 1), known) for number in range(1, 13))
    beyond = not FIRST <= year <= LAST
    complete = all(month.working is not None for month in months)
    # Of a year entered whole every day is a row; only the unusual ones are told one by one.
    told = tuple(row for row in changes.values() if not beyond or row.note)
    return CalendarYear(year, months, told, complete, beyond and complete)


def _month(month: date, known: dict[date, bool]) -> CalendarMonth:
    days = [calendar_day(day, known) for day in days_of_month(month)]
    unknown = any(day.works is None for day in days)
    working = None if unknown else sum(1 for day in days if day.works)
    return CalendarMonth(month, in_weeks(days, days[0].day), working)


def in_weeks(days: Sequence[Shown], first: date) -> tuple[tuple[Shown | None, ...], ...]:
    """The days of a month in weeks of seven, Monday first, filled with None."""
    cells: list[Shown | None] = [*([None] * first.weekday()), *days]
    cells += [None] * (-len(cells) % 7)
    return tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
