"""Does a formula make sense here: are its names known, and do the types fit?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kaohe.scheme.formula.errors import FormulaError
from kaohe.scheme.formula.functions import FUNCTIONS, Function
from kaohe.scheme.formula.nearest import nearest
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

_CALLED: dict[Type, str] = {"number": "数值", "flag": "是非（条件）", "text": "文字"}
_COLLECTING = "、".join(function.name for function in FUNCTIONS.values() if function.collects)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula of one kind of subjects can refer to; names are NFKC-normalised.

    `names`: values of the subject itself. `members`: (kind, result) of linked subjects.
    `indicators`: the codes that 指标("2.1") may give.
    """

    names: Mapping[str, Type] = field(default_factory=dict)
    members: Mapping[tuple[str, str], Type] = field(default_factory=dict)
    indicators: Collection[str] = ()


def check(node: Node, scope: Scope, expect: Type, *, text: str = "") -> None:
    """FormulaError at the exact character where `node` is no formula of type `expect` in `scope`.

    `text` is what `node` was parsed from: with it the error can show the place.
    """
    _Checker(scope, text).require(node, expect)


class _Checker:
    def __init__(self, scope: Scope, text: str) -> None:
        self.scope = scope
        self.text = text

    def error(self, message: str, position: int) -> FormulaError:
        return FormulaError(message, self.text, position)

    def require(self, node: Node, wanted: Type) -> None:
        found = self.type_of(node)
        if found != wanted:
            message = f"这里应当是{_CALLED[wanted]}，写的却是{_CALLED[found]}"
            raise self.error(message, node.start)

    def type_of(self, node: Node) -> Type:
        match node:
            case Number():
                return "number"
            case Text():
                return "text"
            case Name(name=name):
                if name not in self.scope.names:
                    raise self.error(self.unknown_name(name), node.start)
                return self.scope.names[name]
            case Member():
                self.member(node)
                message = f"这是一组数，只能单独放在 {_COLLECTING} 的括号里，如 平均(种类.名称)"
                raise self.error(message, node.start)
            case Negate(operand=operand):
                self.require(operand, "number")
                return "number"
            case Arithmetic():
                return self.arithmetic(node)
            case Call():
                return self.call(node, FUNCTIONS[node.function])
            case Compare():
                return self.compare(node)
            case Logic(operands=operands):
                for operand in operands:
                    self.require(operand, "flag")
                return "flag"
            case Not(operand=operand):
                self.require(operand, "flag")
                return "flag"

    def unknown_name(self, name: str) -> str:
        for word in "且或非":
            parts = name.split(word)
            if len(parts) > 1 and all(not part or part in self.scope.names for part in parts):
                return f"不认识「{name}」；「{word}」作运算符时两边请留空格"
        return f"不认识「{name}」{nearest(name, self.scope.names)}"

    def member(self, node: Member) -> Type:
        kinds = {kind for kind, _ in self.scope.members}
        if node.kind not in kinds:
            message = f"这里没有可引用的种类「{node.kind}」{nearest(node.kind, kinds)}"
            raise self.error(message, node.start)
        names = {name for kind, name in self.scope.members if kind == node.kind}
        if node.name not in names:
            message = f"「{node.kind}」没有「{node.name}」{nearest(node.name, names)}"
            raise self.error(message, max(node.start, node.end - len(node.name)))
        return self.scope.members[node.kind, node.name]

    def arithmetic(self, node: Arithmetic) -> Type:
        self.require(node.left, "number")
        self.require(node.right, "number")
        if node.op == "/" and _is_zero(node.right):
            raise self.error("不能除以 0，请改写除数", node.right.start)
        return "number"

    def compare(self, node: Compare) -> Type:
        wanted: Type = "number"
        if node.op in ("==", "!="):
            wanted = self.type_of(node.left)
        else:
            self.require(node.left, wanted)
        self.require(node.right, wanted)
        return "flag"

    def call(self, node: Call, function: Function) -> Type:
        if function.name == "指标":
            self.indicator(node.arguments[0])
        shared: Type | None = None
        for index, argument in enumerate(node.arguments):
            parameter = function.parameter(index)
            found = self.argument(argument, node, function)
            if parameter == "any":
                continue
            if parameter == "same":
                shared = shared or found
                parameter = shared
            if parameter != found:
                called = _CALLED[parameter], _CALLED[found]
                message = f"「{function.name}」这里应当是{called[0]}，写的却是{called[1]}"
                raise self.error(message, argument.start)
        if function.result != "same":
            return function.result
        assert shared is not None
        return shared

    def argument(self, argument: Node, node: Call, function: Function) -> Type:
        if isinstance(argument, Member) and function.collects and len(node.arguments) == 1:
            return self.member(argument)
        return self.type_of(argument)

    def indicator(self, code: Node) -> None:
        if isinstance(code, Text) and code.value not in self.scope.indicators:
            meant = nearest(code.value, self.scope.indicators)
            raise self.error(f"没有编号为「{code.value}」的指标{meant}", code.start)


def _is_zero(node: Node) -> bool:
    if isinstance(node, Negate):
        return _is_zero(node.operand)
    return isinstance(node, Number) and node.value == 0
