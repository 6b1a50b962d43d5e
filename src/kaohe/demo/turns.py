"""The days of the year 2016 on which somebody's service ends or begins."""

from __future__ import annotations

from datetime import date, timedelta

from kaohe.demo.dice import Dice

YEAR = 2016
# Some before and some after mid-year: with 180 days at the one place, the other, both or neither.
LAST_DAYS = tuple(
    date(YEAR, month, 1) - timedelta(days=1) for month in (3, 4, 5, 6, 7, 8, 9, 10, 11)
)
# First secretaries were sent out in the summer before.
FIRST_DAYS = (date(YEAR - 1, 7, 20), date(YEAR - 1, 8, 1), date(YEAR - 1, 8, 15))


def last_day(dice: Dice) -> date:
    """A day in the year that is somebody's last at a place."""
    return dice.pick(LAST_DAYS)


def first_day(dice: Dice) -> date:
    """The day on which those who serve since before the year began."""
    return dice.pick(FIRST_DAYS)


def next_start(dice: Dice, end: date) -> date:
    """When who comes next begins: often at once, sometimes days later."""
    return end + timedelta(days=1 if dice.chance(0.6) else dice.whole(2, 12))
