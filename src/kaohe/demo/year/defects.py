"""Defects that are put into the year, so that whoever looks can find them.

They are planned before the year is told, each for a village, people and a month. Those of the
usual county are listed in docs/demo-county.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaohe.demo.dice import Dice
from kaohe.demo.model import PostingKind
from kaohe.demo.roster import DemoCounty
from kaohe.demo.turns import YEAR
from kaohe.demo.year.serving import Service, services_by_village

# Of so many villages, one has each of the defects; at least one in the county.
ONE_IN = 100


class DefectKind(StrEnum):
    """What is wrong; the label says how it shows."""

    COPIED = "copied"
    COPIED_FROM_OTHER = "copied_from_other"
    TWO_PLACES = "two_places"
    ONE_PHONE = "one_phone"
    ON_LEAVE = "on_leave"
    SAME_PHOTO = "same_photo"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DefectKind.COPIED: "日志照抄自己上个月的",
    DefectKind.COPIED_FROM_OTHER: "日志照抄同村另一人的",
    DefectKind.TWO_PLACES: "考勤簿记在村，签到却在另一个村",
    DefectKind.ONE_PHONE: "几个人用同一部手机签到",
    DefectKind.ON_LEAVE: "请假期间考勤簿记在村，还有签到",
    DefectKind.SAME_PHOTO: "同一张照片用在两个人的记录上",
}
_MONTHS = {
    DefectKind.COPIED: 5,
    DefectKind.COPIED_FROM_OTHER: 8,
    DefectKind.TWO_PLACES: 4,
    DefectKind.ONE_PHONE: 6,
    DefectKind.ON_LEAVE: 11,
    DefectKind.SAME_PHOTO: 10,
}
# How many people it takes, and of which kind of posting they are.
_PEOPLE = {
    DefectKind.COPIED: (1, PostingKind.FIRST_SECRETARY),
    DefectKind.COPIED_FROM_OTHER: (2, PostingKind.VILLAGE_TEAM),
    DefectKind.TWO_PLACES: (1, PostingKind.VILLAGE_TEAM),
    DefectKind.ONE_PHONE: (3, PostingKind.VILLAGE_TEAM),
    DefectKind.ON_LEAVE: (1, PostingKind.VILLAGE_TEAM),
    DefectKind.SAME_PHOTO: (2, PostingKind.VILLAGE_TEAM),
}


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect: in which village, by whom, in which month. `other` is another village's code."""

    kind: DefectKind
    village: str
    people: tuple[str, ...]
    month: date
    other: str = ""


def planned_defects(county: DemoCounty, seed: int = YEAR) -> tuple[Defect, ...]:
    """The defects of the county's year, kind by kind; the first of each in the county's seat."""
    dice = Dice(seed, "defects")
    services = services_by_village(county)
    seat = county.townships[0].code
    poor = [village for village in county.villages if village.poor]
    first = [village.code for village in poor if village.township == seat]
    others = [village.code for village in poor if village.township != seat]
    villages = [*dice.shuffled(first), *dice.shuffled(others)]
    wanted = max(1, len(county.villages) // ONE_IN)
    found: list[Defect] = []
    for kind in DefectKind:
        here = _fit(kind, villages, services)
        # A village bears one defect only where there are enough villages.
        bare = [one for one in here if one not in {defect.village for defect in found}]
        first_of_seat, *elsewhere = bare or here
        for village in [first_of_seat, *elsewhere[::-1][: wanted - 1]]:
            found.append(_defect(dice, kind, village, services[village], villages))
    return tuple(found)


def _fit(
    kind: DefectKind, villages: Sequence[str], services: dict[str, list[Service]]
) -> list[str]:
    """Villages where enough people of that kind serve all the year."""
    number, _ = _PEOPLE[kind]
    return [one for one in villages if len(_people(kind, services[one])) >= number]


def _people(kind: DefectKind, services: Sequence[Service]) -> list[str]:
    _, posted = _PEOPLE[kind]
    return [
        one.person
        for one in services
        if one.kind is posted and one.first <= date(YEAR, 1, 1) and one.last >= date(YEAR, 12, 31)
    ]


def _defect(
    dice: Dice, kind: DefectKind, village: str, services: Sequence[Service], poor: Sequence[str]
) -> Defect:
    number, _ = _PEOPLE[kind]
    people = tuple(_people(kind, services)[:number])
    other = ""
    if kind is DefectKind.TWO_PLACES:
        other = dice.pick([one for one in poor if one != village])
    return Defect(kind, village, people, date(YEAR, _MONTHS[kind], 1), other)
