"""The formula text: what reads like the county's regulation becomes a small typed tree."""

from kaohe.scheme.formula.check import Scope, check
from kaohe.scheme.formula.errors import FormulaError
from kaohe.scheme.formula.functions import FUNCTIONS, Function
from kaohe.scheme.formula.nodes import (
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
    Type,
)
from kaohe.scheme.formula.parse import parse
from kaohe.scheme.formula.walk import aggregates, indicators, members, names, substitute

__all__ = [
    "FUNCTIONS",
    "Arithmetic",
    "Call",
    "Compare",
    "FormulaError",
    "Function",
    "Logic",
    "Member",
    "Name",
    "Negate",
    "Node",
    "Not",
    "Number",
    "Scope",
    "Text",
    "Type",
    "aggregates",
    "check",
    "indicators",
    "members",
    "names",
    "parse",
    "substitute",
]
