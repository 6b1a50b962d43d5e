"""Formulas carried out over plain integers beside the intervals that were proved of them."""

from dataclasses import dataclass

from kaohe.scheme.bounds import UNKNOWN, Interval, IntervalCarrier

INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True)
class Shadowed:
    """An integer (None: no value) and the interval that it must lie in."""

    value: int | None
    bound: Interval

    def __post_init__(self):
        if self.value is not None:
            assert self.bound.low <= self.value <= self.bound.high, self
            assert self.value in INT64, self


class ShadowCarrier:
    """Does every operation twice, and compares: :class:`kaohe.scheme.exact.Carrier`.

    Flags and texts are plain values; None spreads as in SQL.
    """

    def __init__(self):
        self.intervals = IntervalCarrier()

    def _both(self, name, value, *parts):
        bound = getattr(self.intervals, name)(*(part.bound for part in parts))
        missing = any(part.value is None for part in parts)
        return Shadowed(None if missing else value(*(part.value for part in parts)), bound)

    def constant(self, value):
        return Shadowed(value, self.intervals.constant(value))

    def text(self, value):
        return value

    def add(self, a, b):
        return self._both("add", lambda x, y: x + y, a, b)

    def times(self, a, b):
        return self._both("times", lambda x, y: x * y, a, b)

    def floor_divide(self, a, b):
        if b.value is not None and b.value <= 0:
            raise AssertionError(f"a divisor of {b.value}")
        # As each engine does it: below zero by what is added first, which must fit as well.
        if a.value is not None and b.value is not None and a.value < 0:
            assert b.value - 1 - a.value in INT64
        return self._both("floor_divide", lambda x, y: x // y, a, b)

    def positive(self, a):
        bound = self.intervals.positive(a.bound)
        assert a.value is None or a.value >= 0, "a divisor below zero was let through"
        return Shadowed(a.value or None, bound)

    def compare(self, op, a, b):
        if a.value is None or b.value is None:
            return None
        x, y = a.value, b.value
        return {"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y, "==": x == y, "!=": x != y}[op]

    def same_text(self, a, b):
        return None if a is None or b is None else a == b

    same_flag = same_text

    def both(self, a, b):
        return False if False in (a, b) else None if None in (a, b) else True

    def either(self, a, b):
        return True if True in (a, b) else None if None in (a, b) else False

    def negated(self, a):
        return None if a is None else not a

    def choose(self, condition, a, b):
        bound = self.intervals.choose(UNKNOWN, a.bound, b.bound)
        return Shadowed(None if condition is None else (a if condition else b).value, bound)

    def choose_flag(self, condition, a, b):
        return None if condition is None else (a if condition else b)

    choose_text = choose_flag

    def extreme(self, op, a, b):
        best = min if op == "<=" else max
        bound = self.intervals.extreme(op, a.bound, b.bound)
        missing = a.value is None or b.value is None
        return Shadowed(None if missing else best(a.value, b.value), bound)

    def known(self, a):
        return a.value is not None

    def known_flag(self, a):
        return a is not None

    known_text = known_flag
