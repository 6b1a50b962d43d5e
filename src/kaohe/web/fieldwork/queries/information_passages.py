"""Two texts side by side, cut into the passages that both have and those that one has alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kaohe.web.fieldwork.queries.likeness import RUN


@dataclass(frozen=True)
class Passage:
    """A piece of a text; common says whether the other text has it too."""

    text: str
    common: bool


def passages(first: str, second: str) -> tuple[list[Passage], list[Passage]]:
    """Both texts in passages that together are the whole text again.

    Common is what lies in a run of characters that the likeness of the two counts as common, with
    the punctuation inside of it.
    """
    ours, theirs = _Placed.of(first), _Placed.of(second)
    return _cut(first, ours, theirs.runs()), _cut(second, theirs, ours.runs())


@dataclass(frozen=True)
class _Placed:
    """What is compared of a text, character by character, and where each stands in it."""

    bare: str
    places: tuple[int, ...]

    @staticmethod
    def of(text: str) -> _Placed:
        found = [
            (one, place)
            for place, character in enumerate(text)
            for one in unicodedata.normalize("NFKC", character).casefold()
            if one.isalnum()
        ]
        return _Placed("".join(one for one, _ in found), tuple(place for _, place in found))

    def starts(self) -> Iterator[tuple[int, str]]:
        for start in range(len(self.bare) - RUN + 1):
            yield start, self.bare[start : start + RUN]

    def runs(self) -> frozenset[str]:
        return frozenset(run for _, run in self.starts())


def _cut(text: str, placed: _Placed, others: frozenset[str]) -> list[Passage]:
    common = bytearray(len(text))
    for start, run in placed.starts():
        if run in others:
            first, last = placed.places[start], placed.places[start + RUN - 1]
            common[first : last + 1] = b"\1" * (last + 1 - first)
    pieces = groupby(range(len(text)), key=lambda place: bool(common[place]))
    return [Passage("".join(text[at] for at in places), shared) for shared, places in pieces]
