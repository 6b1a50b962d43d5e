"""How much of something the scheme asks of one subject: the number above which more earns nothing.

The scheme says so inside formulas (`最小(值, 如果(有省级目标任务, 4, 2))`); they are carried out
here for one subject, by the arithmetic that scores it (:mod:`kaohe.scheme.exact`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from unicodedata import normalize

from kaohe.scheme import names
from kaohe.scheme.exact import Environment, Evaluator, Flag, Ratio, Words
from kaohe.scheme.formula import Node, parse
from kaohe.scheme.formula import names as names_in
from kaohe.scheme.model import Fact, Kind, Scheme
from kaohe.web.fieldwork.queries.information_plain import MISSING, Plain, Whole

Said = Mapping[str, object]  # an attribute's code → what is said of the subject; silence: absent
_Value = Ratio[Whole] | Flag[bool | None] | Words[str | None]


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
    evaluator = Evaluator(Plain(), Environment(spelt.__getitem__, none, none))
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
