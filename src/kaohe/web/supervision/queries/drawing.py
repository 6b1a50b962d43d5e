"""The draw itself: sha256 of the seed and each village's code, in order. No chance, no database.

    printf '%s' '种子:V001' | sha256sum

makes a village's ticket; the smallest tickets are drawn. Whoever has the seed and the list of
villages makes the same draw on any machine.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A village in the pool, with its township's code and its visits of the year so far."""

    village: str
    township: str
    visits: int

    def to_json(self) -> list[object]:
        return [self.village, self.township, self.visits]


def slips(pool: Iterable[Sequence[object]]) -> list[Slip]:
    """The slips of a stored pool."""
    return [Slip(str(village), str(town), int(str(visits))) for village, town, visits in pool]


def ticket(seed: str, village: str) -> str:
    """A village's ticket: 64 hexadecimal digits that nobody can foresee without the seed."""
    return hashlib.sha256(f"{seed}:{village}".encode()).hexdigest()


def ordered(seed: str, pool: Iterable[Slip], *, fresh_first: bool) -> list[Slip]:
    """The pool by tickets; with fresh_first, villages without a visit before all others."""
    return sorted(pool, key=lambda one: (fresh_first and one.visits > 0, ticket(seed, one.village)))


def drawn(
    seed: str, pool: Iterable[Slip], number: int, *, each_township: bool, fresh_first: bool
) -> list[str]:
    """The codes of the villages drawn, in their order: the first ones, in all or of each township.

    A township with fewer villages than the number has all of them drawn.
    """
    order = ordered(seed, pool, fresh_first=fresh_first)
    if not each_township:
        return [one.village for one in order[:number]]
    taken: Counter[str] = Counter()
    found = []
    for one in order:
        if taken[one.township] < number:
            taken[one.township] += 1
            found.append(one.village)
    return found
