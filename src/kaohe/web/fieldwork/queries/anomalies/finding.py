"""One striking thing, before it is a question: whom it is about, the rows, and how to say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.formats import date_format

NAMED = 6  # so many people, days or things are named before “等”


class Naming(Protocol):
    """How people are called in a sentence: by their names, or as one of them reads it."""

    def one(self, person: int) -> str: ...

    def all(self, people: Sequence[int]) -> str: ...


@dataclass(frozen=True)
class ByName:
    """For offices: each by name."""

    names: Mapping[int, str]

    def one(self, person: int) -> str:
        return self.names[person]

    def all(self, people: Sequence[int]) -> str:
        return listed([self.names[one] for one in people], measure="人")


@dataclass(frozen=True)
class ToOneself:
    """For one of those concerned: themselves and nobody else's name."""

    person: int

    def one(self, person: int) -> str:
        return "您" if person == self.person else "另一人"

    def all(self, people: Sequence[int]) -> str:
        others = len(set(people) - {self.person})
        if self.person not in people:
            return self.one(people[0]) if others == 1 else f"另外 {others} 人"
        return f"您和另外 {others} 人" if others else "您"


Say = Callable[[Naming], str]


@dataclass(frozen=True)
class Finding:
    """Something to ask about. concerned: person → posting; rows: table and key of each.

    say gives the sentence: what was seen, with numbers, and nothing about anybody's reasons.
    """

    sort: str
    key: str
    concerned: Mapping[int, int]
    rows: tuple[tuple[str, int], ...]
    say: Say
    pairs: tuple[tuple[int, int, int], ...] = ()


def listed(words: Iterable[str], *, measure: str) -> str:
    """甲、乙、丙; of many the first ones and how many they are."""
    found = list(dict.fromkeys(words))
    if len(found) <= NAMED:
        return "、".join(found)
    return f"{'、'.join(found[:NAMED])}等 {len(found)} {measure}"


def days_listed(days: Iterable[date]) -> str:
    """5月9日、5月10日, in order; of many the first ones and how many they are."""
    return listed([date_format(day, "n月j日") for day in sorted(set(days))], measure="天")
