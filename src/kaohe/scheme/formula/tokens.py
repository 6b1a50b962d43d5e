"""The formula's characters -> its words, each with its place and its Python spelling.

Whatever is not listed here is refused, so Python's own parser never sees it.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kaohe.scheme.formula.errors import FormulaError

Kind = Literal["number", "text", "name", "operator", "logic", "open", "close", "comma", "dot"]


@dataclass(frozen=True, slots=True)
class Token:
    """The characters [start, end) of the original text; `python` is what Python's parser reads.

    A number or a text stands there as a dummy (1 or ""): its exact `value` is kept beside it.
    """

    kind: Kind
    start: int
    end: int
    python: str
    value: Fraction | str = ""


# One character for one, so that places stay the same.
_PLAIN = str.maketrans(
    "（）＋－−×÷＊／，、．＜＞＝％０１２３４５６７８９\u3000\u00a0",
    "()+--*/*/,,.<>=%0123456789  ",
)
_SYMBOL = re.compile(r"<=|>=|==|!=|[-+*/<>=≥≤≠(),.]")
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?(%)?")
_MAX_INTEGER_DIGITS = 9
_MAX_DECIMALS = 6

_PYTHON_OPERATOR = {"=": "==", "≥": ">=", "≤": "<=", "≠": "!="}
_PUNCTUATION: dict[str, Kind] = {"(": "open", ")": "close", ",": "comma", ".": "dot"}
_LOGIC = {"且": "and", "或": "or", "非": "not"}
_CLOSING = {'"': '"', "“": "”"}
_QUOTES = '"“”'

_REFUSED_PAIR = {
    "**": "没有乘方，请把乘法逐个写出来",
    "//": "没有整除，请写 取整(甲 / 乙)",
    "<>": "不等于请写 ≠",
    "=<": "小于等于请写 ≤",
    "=>": "大于等于请写 ≥",
    ":=": "公式里不能赋值，等于请写 =",
}
_REFUSED_CHARACTER = {
    **dict.fromkeys("[]{}【】〔〕［］｛｝", "括号只能用（）"),
    **dict.fromkeys("'‘’＂`「」『』", "文字请用双引号 “ ” 括起来"),
    **dict.fromkeys("–—―~～", "减号请写 -"),
    **dict.fromkeys("；;：:。", "参数之间请用逗号，一个公式只写一个算式"),
    **dict.fromkeys("&｜|!！", "请写 且、或、非、≠"),
    "%": "百分号只能紧跟在数字后面，如 35%",
    "”": "文字请以 “ 开头",
}
_KEYWORD_REMEDY = {"and": "请写 且", "or": "请写 或", "not": "请写 非", "if": "请写 如果(…)"}


def scan(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in order; FormulaError at the first character that has no place."""
    plain = text.translate(_PLAIN)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        if plain[position] == " ":
            position += 1
            continue
        token = _token(text, plain, position)
        tokens.append(token)
        position = token.end
    return tuple(tokens)


def _token(text: str, plain: str, start: int) -> Token:
    char = plain[start]
    if remedy := _REFUSED_PAIR.get(plain[start : start + 2]):
        raise FormulaError(f"不能写「{text[start : start + 2]}」：{remedy}", text, start)
    if symbol := _SYMBOL.match(plain, start):
        spelling = symbol[0]
        kind = _PUNCTUATION.get(spelling, "operator")
        return Token(kind, start, symbol.end(), _PYTHON_OPERATOR.get(spelling, spelling))
    if number := _NUMBER.match(plain, start):
        return _number(text, number)
    if char in _CLOSING:
        return _quoted(text, start)
    if char.isidentifier():
        return _name(text, plain, start)
    raise FormulaError(_refusal(char), text, start)


def _number(text: str, literal: re.Match[str]) -> Token:
    integer, decimals, percent = literal[1], literal[2] or "", literal[3]
    start, end = literal.span()
    if len(integer) > _MAX_INTEGER_DIGITS:
        raise FormulaError(f"数字太大：整数部分最多 {_MAX_INTEGER_DIGITS} 位", text, start)
    if len(decimals) > _MAX_DECIMALS:
        raise FormulaError(f"小数太长：小数部分最多 {_MAX_DECIMALS} 位", text, start)
    if len(integer) > 1 and integer[0] == "0":
        raise FormulaError("数字前面有多余的 0，请去掉", text, start)
    if text[end : end + 1].isidentifier():
        raise FormulaError(_glued(text[end]), text, end)
    value = Fraction(int(integer + decimals), 10 ** len(decimals) * (100 if percent else 1))
    return Token("number", start, end, "1", value)


def _glued(char: str) -> str:
    if char in _LOGIC:
        return f"数字和「{char}」连在了一起：「{char}」的两边请留空格"
    return "数字和后面的字连在了一起：数字只能写成 60、0.35、35% 的样子，名称不能以数字开头"


def _quoted(text: str, start: int) -> Token:
    closing = _CLOSING[text[start]]
    for position in range(start + 1, len(text)):
        char = text[position]
        if char == closing:
            return Token("text", start, position + 1, '""', text[start + 1 : position])
        if char in _QUOTES:
            raise FormulaError(f"引号不成对，这里应当是 {closing}", text, position)
        if char in "\\{}" or _is_invisible(char):
            raise FormulaError(_refusal(char), text, position)
    raise FormulaError(f"引号没有结束，请补上 {closing}", text, start)


def _name(text: str, plain: str, start: int) -> Token:
    end = start + 1
    while end < len(text) and ("x" + plain[end]).isidentifier():
        end += 1
    word = unicodedata.normalize("NFKC", text[start:end])
    if word in _LOGIC:
        return Token("logic", start, end, _LOGIC[word])
    if keyword.iskeyword(word):
        remedy = _KEYWORD_REMEDY.get(word, "请换一个中文名称")
        raise FormulaError(f"「{word}」不能用作名称：{remedy}", text, start)
    if word.startswith("_") or not word.isidentifier():
        raise FormulaError(f"「{word}」不能用作名称：请用中文名称，不以下划线开头", text, start)
    return Token("name", start, end, word)


def _refusal(char: str) -> str:
    if char in "\n\r":
        return "公式里不能换行，请写成一行（YAML 里可以用 >- 折行）"
    if _is_invisible(char):
        return f"公式里有看不见的字符 U+{ord(char):04X}，请删去"
    remedy = _REFUSED_CHARACTER.get(char, "公式里没有这种写法，请删去或改写")
    return f"不能写「{char}」：{remedy}"


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
