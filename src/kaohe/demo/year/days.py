"""The days of the year 2016 by the Chinese calendar, and times on them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

import chinese_calendar  # type: ignore[import-untyped]

from kaohe.demo.dice import Dice
from kaohe.demo.turns import YEAR

CHINA = timezone(timedelta(hours=8))
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
DAYS = tuple(FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
WORKING = frozenset(day for day in DAYS if chinese_calendar.is_workday(day))
MONTHS = tuple(date(YEAR, month, 1) for month in range(1, 13))
# The last month whose conflicts the townships have settled.
SETTLED_UNTIL = date(YEAR, 10, 31)


def last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def days_of(first: date, last: date) -> list[date]:
    """Those days of the year from the first to the last that lie in it."""
    return [day for day in DAYS if first <= day <= last]


def moment(dice: Dice, day: date, first_hour: int, last_hour: int) -> datetime:
    """Some time on a day, from the first hour to before the last one."""
    second = int(dice.between(first_hour * 3600, last_hour * 3600))
    hour, rest = divmod(second, 3600)
    return datetime(day.year, day.month, day.day, hour, rest // 60, rest % 60, 0, CHINA)
