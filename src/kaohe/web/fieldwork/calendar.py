"""Working days: the Chinese calendar with its exchanged days, and what the office set otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import chinese_calendar

from kaohe.web.common.errors import Refusal

FIRST, LAST = 2004, 2026  # the years that the calendar's table holds


def days_of_month(month: date) -> list[date]:
    """All days of the month in which the given day lies."""
    first = month.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return [first + timedelta(days=number) for number in range((following - first).days)]


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
