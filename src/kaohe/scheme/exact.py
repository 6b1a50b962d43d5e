"""Formulas as exact integer arithmetic, over any carrier of integers.

A value is ``factor * n / d``: ``factor`` an exact fraction known beforehand, ``n`` and ``d``
integers of the carrier (``None`` stands for 1). The engine's carrier is columns of int64, the
bounds check's is intervals; both run the very same steps, so what is proved of the intervals
holds of the columns. A division by zero has no value, and so has anything with a missing part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Generic, Literal, Protocol, TypeVar

from kaohe.scheme.formula import (
    Arithmetic,
    Call,
    Compare,
    Logic,
    Member,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Text,
)

I = TypeVar("I")  # noqa: E741 - an integer of the carrier
F = TypeVar("F")  # a flag of the carrier
S = TypeVar("S")  # a text of the carrier
Aggregate = Literal["平均", "求和", "最小", "最大", "计数"]


class Carrier(Protocol[I, F, S]):
    """Integers, flags and texts, with missing values that spread as in SQL."""

    def constant(self, value: int) -> I: ...
    def text(self, value: str) -> S: ...
    def add(self, a: I, b: I) -> I: ...
    def times(self, a: I, b: I) -> I: ...
    def floor_divide(self, a: I, b: I) -> I:
        """Floor of a / b; b is positive, or zero for no value."""
        ...

    def positive(self, a: I) -> I:
        """``a`` where it is above zero, else no value; refuses what could be below zero."""
        ...

    def compare(self, op: str, a: I, b: I) -> F: ...
    def same_text(self, a: S, b: S) -> F: ...
    def same_flag(self, a: F, b: F) -> F: ...
    def both(self, a: F, b: F) -> F: ...
    def either(self, a: F, b: F) -> F: ...
    def negated(self, a: F) -> F: ...
    def choose(self, condition: F, a: I, b: I) -> I:
        """No value where the condition has none."""
        ...

    def choose_text(self, condition: F, a: S, b: S) -> S: ...
    def choose_flag(self, condition: F, a: F, b: F) -> F: ...
    def extreme(self, op: str, a: I, b: I) -> I:
        """The lesser (``<=``) or greater (``>=``) of both; no value where either has none."""
        ...

    def known(self, a: I) -> F: ...
    def known_flag(self, a: F) -> F: ...
    def known_text(self, a: S) -> F: ...


@dataclass(frozen=True, slots=True)
class Ratio(Generic[I]):
    """``factor * n / d``; ``n`` None is exactly 1 (a constant), ``d`` None is 1."""

    factor: Fraction
    n: I | None = None
    d: I | None = None


@dataclass(frozen=True, slots=True)
class Flag(Generic[F]):
    value: F


@dataclass(frozen=True, slots=True)
class Words(Generic[S]):
    value: S


Value = Ratio[I] | Flag[F] | Words[S]


@dataclass(frozen=True, slots=True)
class Environment(Generic[I, F, S]):
    """Where names get their values from; every name was checked against its scope before."""

    name: Callable[[str], Ratio[I] | Flag[F] | Words[S]]
    member: Callable[[str, str, str], Ratio[I]]
    indicator: Callable[[str], Ratio[I]]


class Evaluator(Generic[I, F, S]):
    """Carries a checked formula over into one carrier."""

    def __init__(self, carrier: Carrier[I, F, S], environment: Environment[I, F, S]) -> None:
        self.carrier = carrier
        self.environment = environment

    def number(self, node: Node) -> Ratio[I]:
        value = self.value(node)
        assert isinstance(value, Ratio)
        return value

    def flag(self, node: Node) -> F:
        value = self.value(node)
        assert isinstance(value, Flag)
        return value.value

    def value(self, node: Node) -> Ratio[I] | Flag[F] | Words[S]:
        match node:
            case Number(value=value):
                return Ratio(value)
            case Text(value=text):
                return Words(self.carrier.text(text))
            case Name(name=name):
                return self.environment.name(name)
            case Negate(operand=operand):
                return scaled(self.number(operand), Fraction(-1))
            case Arithmetic():
                return self._arithmetic(node)
            case Compare():
                return Flag(self._compare(node))
            case Logic(op=op, operands=operands):
                join = self.carrier.both if op == "且" else self.carrier.either
                flags = [self.flag(operand) for operand in operands]
                result = flags[0]
                for flag in flags[1:]:
                    result = join(result, flag)
                return Flag(result)
            case Not(operand=operand):
                return Flag(self.carrier.negated(self.flag(operand)))
            case Call():
                return self._call(node)
            case Member():
                raise AssertionError("a checked formula has members only inside an aggregate")

    def _arithmetic(self, node: Arithmetic) -> Ratio[I]:
        left, right = self.number(node.left), self.number(node.right)
        match node.op:
            case "+":
                return self.sum([left, right])
            case "-":
                return self.sum([left, scaled(right, Fraction(-1))])
            case "*":
                return self.product(left, right)
            case "/":
                return self.quotient(left, right)

    def sum(self, parts: Sequence[Ratio[I]]) -> Ratio[I]:
        wholes, unit, denominator = self.aligned(parts)
        total = wholes[0]
        for whole in wholes[1:]:
            total = self.carrier.add(total, whole)
        return Ratio(unit, total, denominator)

    def product(self, a: Ratio[I], b: Ratio[I]) -> Ratio[I]:
        return Ratio(a.factor * b.factor, self._times(a.n, b.n), self._times(a.d, b.d))

    def quotient(self, a: Ratio[I], b: Ratio[I]) -> Ratio[I]:
        divisor = self.carrier.positive(b.n) if b.n is not None else None
        if b.factor < 0:
            return self.quotient(scaled(a, Fraction(-1)), scaled(b, Fraction(-1)))
        return Ratio(a.factor / b.factor, self._times(a.n, b.d), self._times(a.d, divisor))

    def aligned(self, parts: Sequence[Ratio[I]]) -> tuple[list[I], Fraction, I | None]:
        """All parts as integers over one positive denominator: integers, unit, denominator."""
        bottom = lcm(*(part.factor.denominator for part in parts))
        # A divisor that several parts share is taken once: an average of averages stays small.
        shared: list[I] = []
        for part in parts:
            if part.d is not None and not any(part.d is d for d in shared):
                shared.append(part.d)
        wholes = []
        for part in parts:
            if part.n is None and part.factor == 0:
                wholes.append(self.carrier.constant(0))
                continue
            whole = self._multiple(part.n, int(part.factor * bottom))
            for d in shared:
                if part.d is not d:
                    whole = self.carrier.times(whole, d)
            wholes.append(whole)
        denominator = None
        for d in shared:
            denominator = self._times(denominator, d)
        return wholes, Fraction(1, bottom), denominator

    def _compare(self, node: Compare) -> F:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, Ratio) and isinstance(right, Ratio):
            (a, b), _, _ = self.aligned([left, right])
            return self.carrier.compare(node.op, a, b)
        if isinstance(left, Words) and isinstance(right, Words):
            same = self.carrier.same_text(left.value, right.value)
        else:
            assert isinstance(left, Flag) and isinstance(right, Flag)
            same = self.carrier.same_flag(left.value, right.value)
        return same if node.op == "==" else self.carrier.negated(same)

    def _call(self, node: Call) -> Ratio[I] | Flag[F] | Words[S]:
        first = node.arguments[0]
        if node.function == "指标":
            assert isinstance(first, Text)
            return self.environment.indicator(first.value)
        if isinstance(first, Member):
            return self.environment.member(node.function, first.kind, first.name)
        match node.function:
            case "如果":
                return self._choose(node)
            case "有值":
                return Flag(self._known(self.value(first)))
            case "计数":
                return self.sum(
                    [self._one_if(self._known(self.value(argument))) for argument in node.arguments]
                )
        numbers = [self.number(argument) for argument in node.arguments]
        match node.function:
            case "求和":
                return self.sum(numbers)
            case "平均":
                return scaled(self.sum(numbers), Fraction(1, len(numbers)))
            case "取整":
                return self._floor(numbers[0])
            case "最小":
                return self._extreme("<=", numbers)
            case "最大":
                return self._extreme(">=", numbers)
        raise AssertionError(f"no such function: {node.function}")

    def _choose(self, node: Call) -> Ratio[I] | Flag[F] | Words[S]:
        condition = self.flag(node.arguments[0])
        a, b = self.value(node.arguments[1]), self.value(node.arguments[2])
        if isinstance(a, Ratio) and isinstance(b, Ratio):
            return self.either_ratio(condition, a, b)
        if isinstance(a, Words) and isinstance(b, Words):
            return Words(self.carrier.choose_text(condition, a.value, b.value))
        assert isinstance(a, Flag) and isinstance(b, Flag)
        return Flag(self.carrier.choose_flag(condition, a.value, b.value))

    def either_ratio(self, condition: F, a: Ratio[I], b: Ratio[I]) -> Ratio[I]:
        """``a`` where the condition holds, ``b`` where it does not; the other may be missing."""
        bottom = lcm(a.factor.denominator, b.factor.denominator)
        wholes = [self._multiple(part.n, int(part.factor * bottom)) for part in (a, b)]
        chosen = self.carrier.choose(condition, wholes[0], wholes[1])
        if a.d is None and b.d is None:
            return Ratio(Fraction(1, bottom), chosen)
        one = self.carrier.constant(1)
        divisors = [one if part.d is None else part.d for part in (a, b)]
        divisor = self.carrier.choose(condition, divisors[0], divisors[1])
        return Ratio(Fraction(1, bottom), chosen, divisor)

    def _extreme(self, op: str, numbers: Sequence[Ratio[I]]) -> Ratio[I]:
        wholes, unit, denominator = self.aligned(numbers)
        best = wholes[0]
        for whole in wholes[1:]:
            best = self.carrier.extreme(op, best, whole)
        return Ratio(unit, best, denominator)

    def _floor(self, number: Ratio[I]) -> Ratio[I]:
        n, d = self.fraction(number)
        return Ratio(Fraction(1), self.carrier.floor_divide(n, d))

    def _one_if(self, flag: F) -> Ratio[I]:
        one, none = self.carrier.constant(1), self.carrier.constant(0)
        return Ratio(Fraction(1), self.carrier.choose(flag, one, none))

    def _known(self, value: Ratio[I] | Flag[F] | Words[S]) -> F:
        if isinstance(value, Ratio):
            n, d = self.fraction(value)
            known = self.carrier.known(n)
            return known if value.d is None else self.carrier.both(known, self.carrier.known(d))
        if isinstance(value, Words):
            return self.carrier.known_text(value.value)
        return self.carrier.known_flag(value.value)

    def fraction(self, number: Ratio[I]) -> tuple[I, I]:
        """The value as a numerator and a positive denominator."""
        n = self._multiple(number.n, number.factor.numerator)
        bottom = number.factor.denominator
        if number.d is None:
            return n, self.carrier.constant(bottom)
        return n, self._multiple(number.d, bottom)

    @staticmethod
    def ratio(n: I, d: I) -> Ratio[I]:
        """A value kept as its numerator and positive denominator."""
        return Ratio(Fraction(1), n, d)

    def rounded(
        self, number: Ratio[I], precision: int, rounding: Literal["half_up", "down", "up"]
    ) -> I:
        """The value in hundredths, rounded once to ``precision`` decimals (0 to 2)."""
        n, d = self.fraction(scaled(number, Fraction(10**precision)))
        carrier, two = self.carrier, self.carrier.constant(2)
        match rounding:
            case "half_up":
                whole = carrier.floor_divide(
                    carrier.add(carrier.times(two, n), d), carrier.times(two, d)
                )
            case "down":
                whole = carrier.floor_divide(n, d)
            case "up":
                minus = carrier.constant(-1)
                whole = carrier.times(minus, carrier.floor_divide(carrier.times(minus, n), d))
        return whole if precision == 2 else self._multiple(whole, 10 ** (2 - precision))

    def _multiple(self, n: I | None, factor: int) -> I:
        if n is None:
            return self.carrier.constant(factor)
        return n if factor == 1 else self.carrier.times(self.carrier.constant(factor), n)

    def _times(self, a: I | None, b: I | None) -> I | None:
        if a is None or b is None:
            return a if b is None else b
        return self.carrier.times(a, b)


def scaled(number: Ratio[I], by: Fraction) -> Ratio[I]:
    return Ratio(number.factor * by, number.n, number.d)


def in_hundredths(column: I) -> Ratio[I]:
    """A stored value: an integer of hundredths."""
    return Ratio(Fraction(1, 100), column)
