"""Chance that falls alike on every platform and every Python.

Only :meth:`random.Random.random` is promised to stay the same from version to version, so all else
is made from it here. For the same reason nothing in this package uses what may differ in a last
digit: no ``sum`` of floats, no ``hypot``, no sines.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """One stream of chance; each purpose has its own, so that a change in one moves no other."""

    def __init__(self, seed: int, purpose: str) -> None:
        self._random = random.Random(f"{seed} {purpose}").random

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` to below ``high``."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self._random() < share

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.whole(0, len(items) - 1)]

    def weighted(self, weights: Sequence[tuple[Item, int]]) -> Item:
        """One of the items, each as often as its weight says."""
        rest = self.whole(1, sum(weight for _, weight in weights))
        for item, weight in weights:
            rest -= weight
            if rest <= 0:
                return item
        raise AssertionError("weights must be above zero")

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        rest = list(items)
        for last in range(len(rest) - 1, 0, -1):
            other = self.whole(0, last)
            rest[last], rest[other] = rest[other], rest[last]
        return rest
