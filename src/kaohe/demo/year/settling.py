"""What the township decided where the books disagree: until October all, since then nothing yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from kaohe.demo.dice import Dice
from kaohe.demo.model import PostingKind
from kaohe.demo.year.days import SETTLED_UNTIL
from kaohe.demo.year.leaves import days_away
from kaohe.demo.year.model import Settlement, VillageYear
from kaohe.demo.year.serving import Service

_PRESENT = (
    "向村干部和当事人核实，当天在村，漏记",
    "有会议签到和照片为证，认定在村",
    "走访的农户证明当天来过",
    "与村支书核对值班表，当天在村",
)
_ABSENT = (
    "村干部说当天没有见到人，认定不在村",
    "当天在县城开会，没有驻村",
    "本人说明当天中途离村，按不在村认定",
)
_PRESENT_SHARE = 0.85


def settlements_of(dice: Dice, services: Sequence[Service], year: VillageYear) -> list[Settlement]:
    """A settlement for each day until October on which the books disagree."""
    found = []
    for service, day in conflicts_of(services, year):
        if day > SETTLED_UNTIL:
            continue
        present = dice.chance(_PRESENT_SHARE)
        reason = dice.pick(_PRESENT if present else _ABSENT)
        found.append(Settlement(service.number, service.person, day, present, reason))
    return found


def conflicts_of(services: Sequence[Service], year: VillageYear) -> Iterator[tuple[Service, date]]:
    """The days on which the village's books disagree, as the site's cross-check says it.

    Books that each say “in the village”: the attendance book, the person's journal, and the first
    secretary's; the sign-in instead for a first secretary, or where none serves.
    """
    books = _Books(year)
    secretaries = [one for one in services if one.kind is PostingKind.FIRST_SECRETARY]
    for service in services:
        person = service.person
        for day in sorted(books.days[person]):
            if not service.serves(day):
                continue
            book, written = (person, day) in books.present, (person, day) in books.written
            signed = (person, day) in books.signed
            needs_noting = service not in secretaries and any(
                one.serves(day) for one in secretaries
            )
            third = (person, day) in books.noted if needs_noting else signed
            if (person, day) in books.away:
                official = books.away[person, day] == "official"
                if book or signed or third or (written and not official):
                    yield service, day
                continue
            agreed = book and written and third
            if not agreed and (person, day.month) in books.entered:
                yield service, day


class _Books:
    """The village's books by person and day."""

    def __init__(self, year: VillageYear) -> None:
        self.present = {(one.person, one.day) for one in year.book if one.present}
        self.entered = {(one.person, one.day.month) for one in year.book}
        self.written = {(one.person, one.day) for one in year.journals}
        self.noted = {(person, one.day) for one in year.journals for person in one.noted}
        self.signed = {(one.person, one.day) for one in year.sign_ins if not one.outside}
        self.away = {
            (leave.person, day): leave.kind
            for leave in year.leaves
            if leave.away
            for day in days_away(leave)
        }
        self.days: dict[str, set[date]] = defaultdict(set)
        for person, day in (*self.present, *self.written, *self.noted, *self.signed):
            self.days[person].add(day)
