"""Which word may follow which: after this check Python's parser can only agree.

It gives every mistake its place and a Chinese sentence, and bounds the nesting before any
recursive parser runs.
"""

from __future__ import annotations

from dataclasses import dataclass

from kaohe.scheme.formula.errors import FormulaError
from kaohe.scheme.formula.tokens import Token

MAX_NESTING = 50


def require_order(tokens: tuple[Token, ...], text: str) -> None:
    """FormulaError at the first token that cannot stand where it stands."""
    order = _Order(text)
    for token in tokens:
        order.take(token)
    order.finish()


@dataclass(frozen=True, slots=True)
class _Bracket:
    token: Token
    calls: bool
    depth: int


class _Order:
    def __init__(self, text: str) -> None:
        self.text = text
        self.previous: Token | None = None
        self.in_member = False
        self.brackets: list[_Bracket] = []
        self.prefixes = 0

    def take(self, token: Token) -> None:
        if self.previous is not None and self.previous.kind == "dot" and token.kind != "name":
            raise self.error("「.」后面应当是名称，如 第一书记.年度得分", self.previous)
        match token.kind:
            case "number" | "text" | "name":
                self.operand(token)
            case "open":
                self.open(token)
            case "close":
                self.close(token)
            case "comma":
                self.comma(token)
            case "dot":
                self.dot(token)
            case "operator" | "logic":
                self.operator(token)
        self.previous = token

    def finish(self) -> None:
        if self.previous is None:
            raise FormulaError("公式是空的，请写一个算式", self.text, 0)
        if self.previous.kind == "dot":
            raise self.error("「.」后面应当是名称，如 第一书记.年度得分", self.previous)
        if self.wants_operand():
            raise FormulaError("公式没有写完，后面应当还有一项", self.text, len(self.text))
        if self.brackets:
            raise self.error("括号没有结束，请补上 ）", self.brackets[-1].token)

    def error(self, message: str, token: Token) -> FormulaError:
        return FormulaError(message, self.text, token.start)

    def wants_operand(self) -> bool:
        return self.previous is None or self.previous.kind in (
            "operator",
            "logic",
            "open",
            "comma",
            "dot",
        )

    def operand(self, token: Token) -> None:
        if not self.wants_operand():
            raise self.error("两项之间缺少运算符或逗号", token)
        self.in_member = self.previous is not None and self.previous.kind == "dot"
        self.prefixes = 0

    def open(self, token: Token) -> None:
        calls = self.previous is not None and self.previous.kind == "name"
        if not calls and not self.wants_operand():
            raise self.error("括号前面缺少运算符", token)
        if calls and self.in_member:
            raise self.error("「种类.名称」后面不能加括号，请写 平均(种类.名称)", token)
        self.brackets.append(_Bracket(token, calls, self.nesting(token)))
        self.prefixes = 0

    def close(self, token: Token) -> None:
        if not self.brackets:
            raise self.error("多了一个右括号，请删去", token)
        empty = self.previous is not None and self.previous.kind == "open"
        if self.wants_operand() and not (empty and self.brackets[-1].calls):
            raise self.error("右括号前面缺少一项", token)
        self.brackets.pop()
        self.in_member = False

    def comma(self, token: Token) -> None:
        if self.wants_operand():
            raise self.error("逗号前面缺少一项", token)
        if not self.brackets or not self.brackets[-1].calls:
            raise self.error("逗号只能用来隔开函数的参数；小数点请写 .", token)

    def dot(self, token: Token) -> None:
        if self.previous is None or self.previous.kind != "name":
            raise self.error("「.」的前后应当是名称，或者都是数字，如 0.5", token)
        if self.in_member:
            raise self.error("「种类.名称」只能有一个「.」", token)

    def operator(self, token: Token) -> None:
        if token.python == "not":
            self.negation(token)
        elif not self.wants_operand():
            self.prefixes = 0
        elif token.python == "-":
            self.prefix(token)
        else:
            raise self.error("这里缺少一项：运算符的两边都要有内容", token)

    def negation(self, token: Token) -> None:
        if not self.wants_operand():
            raise self.error("「非」前面缺少 且 或 或", token)
        if self.previous is not None and self.previous.kind == "operator":
            raise self.error("这里的「非」要连同后面的条件放在括号里", token)
        self.prefix(token)

    def prefix(self, token: Token) -> None:
        self.nesting(token)
        self.prefixes += 1

    def nesting(self, token: Token) -> int:
        """The depth with `token`; prefixes before a bracket count with it."""
        outside = self.brackets[-1].depth if self.brackets else 0
        depth = outside + self.prefixes + 1
        if depth > MAX_NESTING:
            raise self.error(f"嵌套太深，最多 {MAX_NESTING} 层，请拆成几个公式", token)
        return depth
