"""Information items and research reports, around what is asked for (二(二)1(5), 二(三)7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.model import PostingKind
from kaohe.demo.roster import DemoCounty
from kaohe.demo.year import words_county as words
from kaohe.demo.year.county_model import Adoption, Information
from kaohe.demo.year.days import LAST, MONTHS, last_of, moment
from kaohe.demo.year.sentences import Line, Words, filled
from kaohe.demo.year.serving import Service, services_by_village
from kaohe.demo.year.words_common import ANIMALS, CROPS, WORDS

_PROVINCIAL, _USUAL, _SECRETARY = 4, 2, 2
_ADOPTED_IN = 14
_STUDIES = ("两学一做", "走基层", "结对认亲", "感恩奋进", "扶贫日")


def information_of(seed: int, county: DemoCounty) -> Iterator[Information]:
    """What departments and first secretaries reported, who by who and month by month."""
    for department in county.departments:
        dice = Dice(seed, f"information {department.code}")
        owed = _PROVINCIAL if department.attributes["provincial_target"] else _USUAL
        writer = _Writer(dice, department.name, unit=department.code)
        for month in MONTHS:
            yield from writer.month(month, owed)
        if department.attributes["research_task"] and not dice.chance(0.1):
            yield writer.research()
    villages = {village.code: village.name for village in county.villages}
    for village, services in services_by_village(county).items():
        for service in services:
            if service.kind is PostingKind.FIRST_SECRETARY:
                dice = Dice(seed, f"information {service.number}")
                writer = _Writer(dice, villages[village], service=service)
                for month in MONTHS:
                    if service.serves(month) and service.serves(last_of(month)):
                        yield from writer.month(month, _SECRETARY)
                if service.serves(LAST) and not dice.chance(0.12):
                    yield writer.research()


class _Writer:
    """One reporter: a unit, or a first secretary in a posting."""

    def __init__(
        self, dice: Dice, name: str, *, unit: str | None = None, service: Service | None = None
    ) -> None:
        self._dice, self._unit, self._service = dice, unit, service
        self._words: Words = {
            **WORDS,
            "crop": CROPS,
            "animal": ANIMALS,
            "who": [name],
            "study_short": _STUDIES,
        }

    def month(self, month: date, owed: int) -> Iterator[Information]:
        """A month's items: mostly as many as are owed, now and then fewer or more."""
        number = max(0, owed + self._dice.weighted([(0, 75), (-1, 12), (1, 10), (-2, 3)]))
        for _ in range(number):
            day = month + timedelta(days=self._dice.whole(0, last_of(month).day - 1))
            yield self._item("item", day, words.TITLES, sentences=3)

    def research(self) -> Information:
        day = date(LAST.year, self._dice.whole(5, 12), self._dice.whole(1, 28))
        return self._item("research", day, words.RESEARCH_TITLES, sentences=8)

    def _item(self, kind: str, day: date, titles: Sequence[Line], sentences: int) -> Information:
        dice = self._dice
        reported = moment(dice, day, 9, 18)
        state = dice.weighted([("received", 93), ("returned", 5), ("reported", 2)])
        if state == "reported" and day < date(LAST.year, 12, 1):
            state = "received"
        decided = min(day + timedelta(days=dice.whole(0, 5)), LAST)
        adopted = state == "received" and dice.chance(1 / _ADOPTED_IN)
        service = self._service
        return Information(
            unit=self._unit,
            posting=service.number if service else None,
            person=service.person if service else None,
            kind=kind,
            title=filled(dice, dice.pick(titles), self._words),
            text=self._text(sentences),
            reported=reported,
            state=state,
            decided=None if state == "reported" else moment(dice, decided, 18, 20),
            note=dice.pick(words.RETURNS) if state == "returned" else "",
            adoptions=(self._adoption(decided),) if adopted else (),
        )

    def _text(self, sentences: int) -> str:
        dice = self._dice
        middles = dice.shuffled(words.MIDDLES)[: sentences - 2]
        lines = [dice.pick(words.OPENINGS), *middles, dice.pick(words.ENDINGS)]
        return "".join(filled(dice, line, self._words) for line in lines)

    def _adoption(self, after: date) -> Adoption:
        level = self._dice.weighted([(1, 80), (2, 15), (3, 5)])
        day = min(after + timedelta(days=self._dice.whole(3, 25)), LAST)
        # An issue takes up several texts, and proves each of them.
        return Adoption(level, words.OUTLETS[level], day, f"{words.OUTLETS[level]}{day:%m}")
