"""The tree of a formula: small, frozen, comparable.

Every node knows which characters of the original text it came from (`start` included, `end`
excluded); the places take no part in comparing two trees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Type = Literal["number", "flag", "text"]
ArithmeticOperator = Literal["+", "-", "*", "/"]
CompareOperator = Literal["<", "<=", ">", ">=", "==", "!="]
LogicOperator = Literal["且", "或"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spanned:
    """The characters [start, end) of the original text."""

    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Number(Spanned):
    """A number as written, exact: `0.35` and `35%` are both 35/100."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Text(Spanned):
    """A quoted text, without its quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Name(Spanned):
    """A value of the subject itself, NFKC-normalised: `半年考核得分`."""

    name: str


@dataclass(frozen=True, slots=True)
class Member(Spanned):
    """One value of each linked subject of a kind: `第一书记.年度得分`."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Negate(Spanned):
    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Spanned):
    op: ArithmeticOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call(Spanned):
    """A call of a function that `functions.FUNCTIONS` lists, with a legal number of arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare(Spanned):
    op: CompareOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic(Spanned):
    """Two or more conditions; `60 <= x < 75` is a Logic of two Compare nodes too."""

    op: LogicOperator
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Spanned):
    operand: Node


Node = Number | Text | Name | Member | Negate | Arithmetic | Call | Compare | Logic | Not
