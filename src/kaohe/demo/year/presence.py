"""On which days of the year people are in their village."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from kaohe.demo.dice import Dice
from kaohe.demo.model import PostingKind
from kaohe.demo.year.days import DAYS, MONTHS, WORKING, last_of
from kaohe.demo.year.serving import Service

# The regulation asks for 15 days a month, of technicians 5; most come somewhat more often.
_TEAM, _TEAM_LEADER, _LAX_TEAM = (16, 19), (15, 17), (10, 15)
_TECHNICIAN, _LAX_TECHNICIAN = (5, 8), (2, 5)
# Of so many people, one comes less often than they should.
ONE_LAX_IN = 18

_BY_MONTH = {
    month: tuple(day for day in DAYS if month <= day <= last_of(month)) for month in MONTHS
}


def secretary_days(dice: Dice, service: Service, away: Collection[date]) -> set[date]:
    """A first secretary lives in the village: nearly all working days and some others."""
    lax = dice.chance(1 / ONE_LAX_IN)
    there: set[date] = set()
    for month in MONTHS:
        served = [day for day in _BY_MONTH[month] if service.serves(day) and day not in away]
        working = [day for day in served if day in WORKING]
        others = [day for day in served if day not in WORKING]
        if lax and dice.chance(0.5):
            there.update(_some(dice, working, dice.whole(10, 14) * len(served) // 30))
            continue
        there.update(_some(dice, working, len(working) - dice.whole(0, 2)))
        there.update(_some(dice, others, dice.whole(0, 4) * len(served) // 30))
    return there


def other_days(
    dice: Dice, service: Service, away: Collection[date], noted: Iterable[tuple[date, bool]]
) -> set[date]:
    """Others come on days on which the first secretary writes, where there is one.

    noted: each day of the year with whether somebody could be met there.
    """
    lax = dice.chance(1 / ONE_LAX_IN)
    low, high = _range(service, lax=lax)
    open_days = {day for day, met in noted if met and service.serves(day) and day not in away}
    there: set[date] = set()
    for month in MONTHS:
        days = [day for day in _BY_MONTH[month] if day in open_days]
        served = sum(1 for day in _BY_MONTH[month] if service.serves(day))
        share = served / len(_BY_MONTH[month])
        there.update(_some(dice, days, int(dice.whole(low, high) * share + 0.5)))
    return there


def _range(service: Service, *, lax: bool) -> tuple[int, int]:
    if service.kind is PostingKind.TECHNICIAN:
        return _LAX_TECHNICIAN if lax else _TECHNICIAN
    if lax:
        return _LAX_TEAM
    return _TEAM_LEADER if service.leader else _TEAM


def _some(dice: Dice, days: list[date], number: int) -> list[date]:
    """So many of the days, all where there are fewer."""
    if number >= len(days):
        return days
    return dice.shuffled(days)[: max(0, number)]
