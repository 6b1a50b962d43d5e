"""A number that daily work gives, with the rows that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Counted:
    """A value in the unit of its fact; a percentage is 0 to 100.

    A ratio has 28 digits, cut off and not rounded, so that it never reaches a limit that the true
    one misses; to how many digits a fact is kept is its own matter.

    rows: the records behind it, each a model's label ("fieldwork.project") and its key.
    """

    value: Decimal
    rows: tuple[tuple[str, int], ...]
