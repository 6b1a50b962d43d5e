"""One subject's numbers, flags and texts, as formulas carry them out: plain, or not there."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final


class Missing(Enum):
    """No number: None is taken, a `Ratio` without one is exactly 1."""

    VALUE = "missing"


MISSING: Final = Missing.VALUE
Whole = int | Missing
_COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Plain:
    """The carrier of one subject's integers; see :class:`kaohe.scheme.exact.Carrier`."""

    def constant(self, value: int) -> Whole:
        return value

    def text(self, value: str) -> str | None:
        return value

    def add(self, a: Whole, b: Whole) -> Whole:
        return a + b if isinstance(a, int) and isinstance(b, int) else MISSING

    def times(self, a: Whole, b: Whole) -> Whole:
        return a * b if isinstance(a, int) and isinstance(b, int) else MISSING

    def floor_divide(self, a: Whole, b: Whole) -> Whole:
        return a // b if isinstance(a, int) and isinstance(b, int) and b else MISSING

    def positive(self, a: Whole) -> Whole:
        return a or MISSING

    def compare(self, op: str, a: Whole, b: Whole) -> bool | None:
        return _COMPARE[op](a, b) if isinstance(a, int) and isinstance(b, int) else None

    def same_text(self, a: str | None, b: str | None) -> bool | None:
        return None if a is None or b is None else a == b

    def same_flag(self, a: bool | None, b: bool | None) -> bool | None:
        return None if a is None or b is None else a == b

    def both(self, a: bool | None, b: bool | None) -> bool | None:
        # As in SQL: what is false beside something unknown is false.
        return False if a is False or b is False else None if a is None or b is None else True

    def either(self, a: bool | None, b: bool | None) -> bool | None:
        return True if a or b else None if a is None or b is None else False

    def negated(self, a: bool | None) -> bool | None:
        return None if a is None else not a

    def choose(self, condition: bool | None, a: Whole, b: Whole) -> Whole:
        return MISSING if condition is None else a if condition else b

    def choose_text(self, condition: bool | None, a: str | None, b: str | None) -> str | None:
        return None if condition is None else a if condition else b

    def choose_flag(self, condition: bool | None, a: bool | None, b: bool | None) -> bool | None:
        return None if condition is None else a if condition else b

    def extreme(self, op: str, a: Whole, b: Whole) -> Whole:
        if not isinstance(a, int) or not isinstance(b, int):
            return MISSING
        return (min if op == "<=" else max)(a, b)

    def known(self, a: Whole) -> bool | None:
        return isinstance(a, int)

    def known_flag(self, a: bool | None) -> bool | None:
        return a is not None

    def known_text(self, a: str | None) -> bool | None:
        return a is not None
