"""A number that daily work gives, with the rows that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Counted:
    """An exact value, never rounded, in the unit of its fact; a percentage is 0 to 100.

    rows: the records behind it, each a model's label ("fieldwork.project") and its key.
    """

    value: Decimal
    rows: tuple[tuple[str, int], ...]
