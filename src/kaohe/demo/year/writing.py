"""Composing the journals of one person, so that no two of theirs are built alike."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.demo.dice import Dice
from kaohe.demo.model import PostingKind, Village
from kaohe.demo.words_people import GIVEN_FIRST, GIVEN_SECOND, KNOWN_NAMES, SURNAMES
from kaohe.demo.year import words_secretary, words_team, words_technician
from kaohe.demo.year.sentences import Topic, Words, filled, line_of, topics_of
from kaohe.demo.year.words_common import ANIMALS, CROPS, WORDS

TOPICS = {
    PostingKind.FIRST_SECRETARY: topics_of(words_secretary.TOPICS),
    PostingKind.VILLAGE_TEAM: topics_of(words_team.TOPICS),
    PostingKind.TECHNICIAN: topics_of(words_technician.TOPICS),
}
ASIDES = tuple(line_of(text) for text in WORDS["aside"])
HOUSEHOLDS = 40
GROUP_NUMBERS = "一二三四五六七八九"


def words_of(
    dice: Dice, village: Village, township: str, technicians: Sequence[str]
) -> dict[str, Sequence[str]]:
    """The village's own words: its groups, households, what grows and is kept there."""
    groups = GROUP_NUMBERS[: dice.whole(4, 9)]
    crops = dice.shuffled(CROPS)[: dice.whole(2, 4)]
    return {
        **WORDS,
        "hamlet": [f"{one}组" for one in groups],
        "household": [household_name(dice) for _ in range(HOUSEHOLDS)],
        "crop": crops,
        "animal": dice.shuffled(ANIMALS)[:3],
        "township": [township],
        "technician": technicians or ["小组"],
    }


def household_name(dice: Dice) -> str:
    """A name that nobody well known bears."""
    while True:
        gender = "男" if dice.chance(0.7) else "女"
        name = dice.weighted(SURNAMES) + dice.pick(GIVEN_FIRST[gender])
        name += dice.pick(GIVEN_SECOND[gender])
        if name not in KNOWN_NAMES:
            return name


class Writer:
    """One person who writes journals of a kind in a village."""

    def __init__(self, dice: Dice, kind: PostingKind, words: Words) -> None:
        self._dice, self._topics, self._words = dice, TOPICS[kind], words
        self._built: set[tuple[int, ...]] = set()

    def journal(self) -> tuple[str, str, str, str]:
        """Items, measures, results and what people say."""
        dice, words = self._dice, self._words
        topic, chosen = self._plan()
        items, measures, results, comments = (
            filled(dice, lines[number], words)
            for lines, number in zip(topic.lines, chosen, strict=True)
        )
        items = dice.pick(words["opening"]) + items
        if dice.chance(0.5):
            items += filled(dice, dice.pick(ASIDES), words)
        return f"{items}。", f"{measures}。", f"{results}。", f"{comments}。"

    def _plan(self) -> tuple[Topic, tuple[int, ...]]:
        """A topic and a line for each field, not put together so before."""
        dice = self._dice
        while True:
            number = dice.whole(0, len(self._topics) - 1)
            topic = self._topics[number]
            chosen = tuple(dice.whole(0, len(lines) - 1) for lines in topic.lines)
            if (number, *chosen) not in self._built:
                self._built.add((number, *chosen))
                return topic, chosen
