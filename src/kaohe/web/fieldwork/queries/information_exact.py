"""How much of something the scheme asks of one subject: the number above which more earns nothing.

The scheme says so inside formulas (`最小(值, 如果(有省级目标任务, 4, 2))`); they are carried out
here for one subject, by the arithmetic that scores it (:mod:`kaohe.scheme.exact`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Final
from unicodedata import normalize

from kaohe.scheme import names
from kaohe.scheme.exact import Environment, Evaluator, Flag, Ratio, Words
from kaohe.scheme.formula import Node, parse
from kaohe.scheme.formula import names as names_in
from kaohe.scheme.model import Fact, Kind, Scheme

Said = Mapping[str, object]  # an attribute's code → what is said of the subject; silence: absent


class Missing(Enum):
    """No number: None is taken, a `Ratio` without one is exactly 1."""

    VALUE = "missing"


MISSING: Final = Missing.VALUE
Whole = int | Missing
_Value = Ratio[Whole] | Flag[bool | None] | Words[str | None]
_COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class _Plain:
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


def enough_each(scheme: Scheme, fact: Fact, said: Said) -> int | None:
    """How much of a derived fact's record still counts in one period.

    fact: one with `each`, whose 值 is the period's number. None: there is no end, or an attribute
    that it depends on is not known.
    """
    each = fact.each
    if each is None:
        return None
    recorded = next(one for one in scheme.facts if one.code == fact.of)

    def counted(number: int) -> Fraction | None:
        return _carried_out(each.node, _attributes(scheme, said) | {names.VALUE: _ratio(number)})

    return _least_of_most(counted, int(recorded.maximum))


def enough_points(scheme: Scheme, kind: Kind, fact: Fact, said: Said) -> int | None:
    """How much of a recorded fact still earns points by the kind's rules in the last round.

    The most that any rule asks; 0 when no rule looks at it, None when a rule has no end. All else
    that a rule counts is taken to be there in plenty.
    """
    asked: list[int | None] = [0]
    last = scheme.rounds[-1]
    plenty = {one.name: _ratio(int(one.maximum)) for one in scheme.facts_of(kind.name)}
    known = _attributes(scheme, said) | plenty
    known |= {names.ROUND: Words(last.code), names.MONTHS: _ratio(last.period.months)}
    spelt = {normalize("NFKC", name) for name in known}
    for leaf in kind.leaves():
        if leaf.measure is None:
            continue
        node = parse(leaf.measure.rule.formula_text(str(leaf.points)))
        if not names_in(node) <= spelt:
            # Points by rank: more is always worth more.
            asked.append(None if normalize("NFKC", fact.name) in names_in(node) else 0)
        elif normalize("NFKC", fact.name) in names_in(node):

            def earned(number: int, node: Node = node) -> Fraction | None:
                return _carried_out(node, known | {fact.name: _ratio(number)})

            asked.append(_least_of_most(earned, int(fact.maximum)))
    return None if None in asked else max(one for one in asked if one is not None)


def _least_of_most(of: Callable[[int], Fraction | None], most: int) -> int | None:
    """The least number that gives as much as the most does, of something that never falls."""
    best = of(most)
    if best is None:
        return None
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        value = of(middle)
        if value is not None and value >= best:
            high = middle
        else:
            low = middle + 1
    # What still grows at the end has no end of its own.
    return None if low == most and most > 0 else low


def _carried_out(node: Node, known: Mapping[str, _Value]) -> Fraction | None:
    spelt = {normalize("NFKC", name): value for name, value in known.items()}

    def none(*_: str) -> Ratio[Whole]:
        raise AssertionError("no measured rule names other subjects or indicators")

    evaluator: Evaluator[Whole, bool | None, str | None]
    evaluator = Evaluator(_Plain(), Environment(spelt.__getitem__, none, none))
    number = evaluator.number(node)
    top, bottom = evaluator.fraction(number)
    if not isinstance(top, int) or not isinstance(bottom, int) or bottom == 0:
        return None
    return Fraction(top, bottom)


def _ratio(number: int) -> Ratio[Whole]:
    return Ratio(Fraction(1), number)


def _attributes(scheme: Scheme, said: Said) -> dict[str, _Value]:
    found: dict[str, _Value] = {}
    for attribute in scheme.attributes:
        value = said.get(attribute.code)
        if attribute.type == "flag":
            found[attribute.name] = Flag(None if value is None else bool(value))
        elif attribute.type == "text":
            found[attribute.name] = Words(None if value is None else str(value))
        elif attribute.type == "number":
            found[attribute.name] = (
                Ratio(Fraction(1), MISSING) if value is None else Ratio(Fraction(str(value)))
            )
    return found
