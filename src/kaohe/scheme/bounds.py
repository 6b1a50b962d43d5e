"""Proof, when a scheme is loaded, that no integer of its formulas can leave int64.

Every formula is carried out over intervals instead of columns (:mod:`kaohe.scheme.exact`),
beginning with what the input may hold at most (``limits``, points, facts' ``maximum``).
"""

from __future__ import annotations

from dataclasses import dataclass

LARGEST = 2**63 - 1


class BoundsError(ValueError):
    """A formula whose numbers could become too large, or whose divisor could be negative."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All integers from ``low`` to ``high``; a missing value is always possible as well."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if max(abs(self.low), abs(self.high)) > LARGEST:
            raise BoundsError(
                "这个公式里的数可能大到无法精确计算；请减少相乘、相除的层数，"
                "或收紧 limits 和数据的 maximum"
            )


class Unknown:
    """A flag or text of which nothing needs to be known."""


UNKNOWN = Unknown()


class IntervalCarrier:
    """The carrier of :class:`Interval`; see :class:`kaohe.scheme.exact.Carrier`."""

    def constant(self, value: int) -> Interval:
        return Interval(value, value)

    def text(self, value: str) -> Unknown:
        return UNKNOWN

    def add(self, a: Interval, b: Interval) -> Interval:
        return Interval(a.low + b.low, a.high + b.high)

    def times(self, a: Interval, b: Interval) -> Interval:
        corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
        return Interval(min(corners), max(corners))

    def floor_divide(self, a: Interval, b: Interval) -> Interval:
        Interval(min(a.low, 0), b.high - min(a.low, 0))  # what rounding down below zero adds up
        corners = [x // y for x in (a.low, a.high) for y in (max(b.low, 1), max(b.high, 1))]
        return Interval(min(corners), max(corners))

    def positive(self, a: Interval) -> Interval:
        if a.low < 0:
            raise BoundsError("除数可能是负数；请用 最大(0, …) 等办法保证除数不小于 0")
        return Interval(max(a.low, 1), max(a.high, 1))

    def compare(self, op: str, a: Interval, b: Interval) -> Unknown:
        return UNKNOWN

    def same_text(self, a: Unknown, b: Unknown) -> Unknown:
        return UNKNOWN

    same_flag = both = either = same_text

    def negated(self, a: Unknown) -> Unknown:
        return UNKNOWN

    def choose(self, condition: Unknown, a: Interval, b: Interval) -> Interval:
        return Interval(min(a.low, b.low), max(a.high, b.high))

    def choose_text(self, condition: Unknown, a: Unknown, b: Unknown) -> Unknown:
        return UNKNOWN

    choose_flag = choose_text

    def extreme(self, op: str, a: Interval, b: Interval) -> Interval:
        best = min if op == "<=" else max
        return Interval(best(a.low, b.low), best(a.high, b.high))

    def known(self, a: Interval) -> Unknown:
        return UNKNOWN

    def known_flag(self, a: Unknown) -> Unknown:
        return UNKNOWN

    known_text = known_flag
