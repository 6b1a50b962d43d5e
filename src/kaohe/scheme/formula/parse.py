"""Text -> tree. Python's parser only builds a syntax tree; nothing is compiled or evaluated."""

from __future__ import annotations

import ast
from fractions import Fraction
from itertools import pairwise

from kaohe.scheme.formula import nodes
from kaohe.scheme.formula.errors import FormulaError
from kaohe.scheme.formula.functions import FUNCTIONS
from kaohe.scheme.formula.nearest import nearest
from kaohe.scheme.formula.nodes import Node
from kaohe.scheme.formula.order import MAX_NESTING
from kaohe.scheme.formula.text import Source, normalise

_ARITHMETIC: dict[type[ast.operator], nodes.ArithmeticOperator] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_COMPARE: dict[type[ast.cmpop], nodes.CompareOperator] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def parse(text: str) -> Node:
    """The tree of a formula such as `平均(半年考核得分, 年终考评得分) × 60%`.

    Numbers are exact fractions in the unit that the county wrote (points, days, 万元). Names and
    types are not looked up here: see `check`. Every refusal is a FormulaError with its place.
    """
    source = normalise(text)
    try:
        expression = ast.parse(source.python, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError("公式太复杂或不完整，请拆成几个公式", text, 0) from error
    return _Translator(source).node(expression, 1)


class _Translator:
    """The whitelist: an `ast` node that has no case here is refused."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def error(self, message: str, place: ast.expr) -> FormulaError:
        return FormulaError(message, self.source.original, self.source.start(place))

    def node(self, place: ast.expr, depth: int) -> Node:
        if depth > MAX_NESTING:
            raise self.error(
                f"算式太长或嵌套太深，最多 {MAX_NESTING} 层：连加请用 求和(…)，或拆成几个公式",
                place,
            )
        start, end = self.source.start(place), self.source.end(place)
        match place:
            case ast.Constant():
                return self.constant(place)
            case ast.Name():
                return self.name(place)
            case ast.Attribute(value=ast.Name(id=kind), attr=name):
                return nodes.Member(kind, name, start=start, end=end)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return nodes.Negate(self.node(operand, depth + 1), start=start, end=end)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return nodes.Not(self.node(operand, depth + 1), start=start, end=end)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                sides = self.node(left, depth + 1), self.node(right, depth + 1)
                return nodes.Arithmetic(_ARITHMETIC[type(op)], *sides, start=start, end=end)
            case ast.BoolOp(op=word, values=values):
                operands = tuple(self.node(value, depth + 1) for value in values)
                logic: nodes.LogicOperator = "且" if isinstance(word, ast.And) else "或"
                return nodes.Logic(logic, operands, start=start, end=end)
            case ast.Compare():
                return self.compare(place, depth)
            case ast.Call(func=ast.Name(), keywords=[]):
                return self.call(place, depth)
        raise self.error("公式里没有这种写法，请改写", place)

    def constant(self, place: ast.Constant) -> Node:
        token = self.source.first(place)
        if isinstance(token.value, Fraction):
            return nodes.Number(token.value, start=token.start, end=token.end)
        return nodes.Text(token.value, start=token.start, end=token.end)

    def name(self, place: ast.Name) -> Node:
        if place.id in FUNCTIONS:
            raise self.error(f"「{place.id}」是函数，后面要有括号：{place.id}(…)", place)
        return nodes.Name(place.id, start=self.source.start(place), end=self.source.end(place))

    def compare(self, place: ast.Compare, depth: int) -> Node:
        start, end = self.source.start(place), self.source.end(place)
        chained = len(place.ops) > 1
        below = depth + 1 + chained
        terms = [self.node(term, below) for term in (place.left, *place.comparators)]
        pairs = tuple(
            nodes.Compare(_COMPARE[type(op)], left, right, start=left.start, end=right.end)
            for op, (left, right) in zip(place.ops, pairwise(terms), strict=True)
        )
        if chained:
            return nodes.Logic("且", pairs, start=start, end=end)
        return nodes.Compare(pairs[0].op, *terms, start=start, end=end)

    def call(self, place: ast.Call, depth: int) -> Node:
        assert isinstance(place.func, ast.Name)
        name = place.func.id
        function = FUNCTIONS.get(name)
        if function is None:
            raise self.error(f"没有函数「{name}」{nearest(name, FUNCTIONS)}", place)
        count = len(place.args)
        if count < function.least or (function.most is not None and count > function.most):
            raise self.error(f"「{name}」要 {function.arity}参数，这里有 {count} 个", place)
        arguments = tuple(self.node(argument, depth + 1) for argument in place.args)
        if name == "指标" and not isinstance(arguments[0], nodes.Text):
            raise self.error("「指标」的参数是带引号的指标编号，如 指标(“2.1”)", place.args[0])
        span = self.source.start(place), self.source.end(place)
        return nodes.Call(name, arguments, start=span[0], end=span[1])
