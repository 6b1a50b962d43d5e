"""What a year's scheme asks of a fact: the limit in its measured rule, and of whom it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kaohe.scheme import Scheme
from kaohe.scheme.formula import (
    Arithmetic,
    Call,
    Compare,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Number,
    parse,
)
from kaohe.scheme.model import Fact, Indicator

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WORDS = {">=": "不低于", ">": "高于", "<=": "不高于", "<": "低于"}


@dataclass(frozen=True)
class Limit:
    """A limit on a fact: `>=` 50, say."""

    op: str
    value: Decimal

    def met_by(self, value: Decimal) -> bool:
        """Whether an exact value is within the limit."""
        match self.op:
            case ">=":
                return value >= self.value
            case ">":
                return value > self.value
            case "<=":
                return value <= self.value
        return value < self.value

    def __str__(self) -> str:
        return f"{_WORDS[self.op]} {self.value.normalize():f}"


def fact_from(scheme: Scheme, built_in: str) -> Fact | None:
    """The scheme's fact that is counted from one of the site's own sources."""
    return next(
        (
            fact
            for fact in scheme.facts
            if fact.source is not None and fact.source.built_in == built_in
        ),
        None,
    )


def indicator_about(scheme: Scheme, fact: Fact) -> Indicator | None:
    """The first indicator whose measured rule uses the fact."""
    leaves = (leaf for kind in scheme.kinds if kind.name in fact.kinds for leaf in kind.leaves())
    return next((leaf for leaf in leaves if _mentions(leaf, fact)), None)


def limit_of(scheme: Scheme, built_in: str) -> Limit | None:
    """The one limit that a measured rule sets to the fact; None where no rule sets just one.

    What earns no more points above a number (`最小(比例, 50)`) is asked for up to that number.
    """
    fact = fact_from(scheme, built_in)
    leaf = indicator_about(scheme, fact) if fact is not None else None
    if fact is None or leaf is None:
        return None
    found = set(_limits(_rule(leaf), fact.name))
    return found.pop() if len(found) == 1 else None


def _mentions(leaf: Indicator, fact: Fact) -> bool:
    if leaf.measure is None:
        return False
    return any(isinstance(one, Name) and one.name == fact.name for one in _walk(_rule(leaf)))


def _rule(leaf: Indicator) -> Node:
    assert leaf.measure is not None, "only asked of measured indicators"
    return parse(leaf.measure.rule.formula_text(str(leaf.points)))


def _limits(node: Node, name: str) -> Iterator[Limit]:
    for part in _walk(node):
        match part:
            case Call(function="最小", arguments=(Name(name=found), Number(value=value))) if (
                found == name
            ):
                yield Limit(">=", _decimal(value))
            case Compare(op=op, left=Name(name=found), right=Number(value=value)) if (
                found == name and op in _WORDS
            ):
                yield Limit(op, _decimal(value))
            case Compare(op=op, left=Number(value=value), right=Name(name=found)) if (
                found == name and op in _TURNED
            ):
                yield Limit(_TURNED[op], _decimal(value))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Negate(operand=one) | Not(operand=one):
            yield from _walk(one)
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            yield from _walk(left)
            yield from _walk(right)
        case Call(arguments=parts) | Logic(operands=parts):
            for part in parts:
                yield from _walk(part)
