"""Why a cell's text will not do, and what to write instead."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from kaohe.engine.tables.problems import shown
from kaohe.engine.tables.spec import Column
from kaohe.engine.tables.sql import EXCEL_ERRORS
from kaohe.scheme.formula.nearest import nearest

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
_SERIAL = re.compile(r"[1-9][0-9]{4}(\.0)?")


def tidy(text: str) -> str:
    """The text without anything that cannot be seen."""
    return "".join(c for c in text if unicodedata.category(c)[0] not in "ZC")


def number(text: str, *, whole: bool = False) -> str:
    """Why ``text`` is no plain number of at most two decimals (or no whole number)."""
    return f"{shown(text)} {_number(text, whole)}"


def _number(text: str, whole: bool) -> str:
    if text in EXCEL_ERRORS:
        return "是 Excel 公式的错误值：请改正公式，或直接填数"
    bare = tidy(text)
    if bare != text and _NUMBER.fullmatch(bare):
        return f"含有空格或看不见的字符，请改成 {bare}"
    folded = unicodedata.normalize("NFKC", bare).replace("。", ".").replace("−", "-")
    if folded != bare and _NUMBER.fullmatch(folded):
        return f"含有全角字符，请改成半角的 {folded}"
    if not bare:
        return "只有空格，没有数字"
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", folded):
        return f"含有千分位逗号，请改成 {folded.replace(',', '')}"
    if re.fullmatch(r"-?[0-9]+,[0-9]{1,2}", folded):
        return f"小数点写成了逗号，请改成 {folded.replace(',', '.')}"
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?[eE][+-]?[0-9]+", folded):
        return "是科学记数法，请写成普通数字"
    if folded.endswith(("%", "‰")):
        return "带有百分号，请只填数字"
    if re.fullmatch(r"\+[0-9]+(\.[0-9]{1,2})?", folded):
        return f"前面不要加号，请改成 {folded[1:]}"
    if re.fullmatch(r"-?(\.[0-9]+|[0-9]+\.)", folded):
        return "小数点的前后都要有数字，如 0.5、5"
    if re.fullmatch(r"-?[0-9]+\.[0-9]{3,}", folded):
        return "应是整数" if whole else "多于两位小数，请四舍五入到两位（Excel 里用 ROUND）"
    if whole and _NUMBER.fullmatch(folded):
        return "应是整数"
    if _NUMBER.fullmatch(folded):
        return "太大了"
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*", folded):
        return "是日期，不是数字：多半是 Excel 自动改的，请把这一格设为「常规」后重新填写"
    unit = re.fullmatch(r"(-?[0-9]+(?:\.[0-9]{1,2})?)(\D+)", folded)
    if unit:
        return f"请只填数字 {unit[1]}，不写「{shown(unit[2])}」"
    return "不是数字，应如 12 或 8.5"


def date(text: str) -> str:
    """Why ``text`` is no date of the form 2016-01-31."""
    return f"{shown(text)} {_date(text)}"


def _date(text: str) -> str:
    if text in EXCEL_ERRORS:
        return "是 Excel 公式的错误值：请改正公式，或直接填日期"
    bare = unicodedata.normalize("NFKC", tidy(text))
    parts = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", bare)
    compact = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", bare)
    found = parts or compact
    if found:
        try:
            day = dt.date(*(int(part) for part in found.groups()))
        except ValueError:
            return "这一天不存在" if parts else "不是日期，应写成 2016-01-31 的样子"
        return f"应写成 {day.isoformat()}"
    if _SERIAL.fullmatch(bare):
        return "像是 Excel 的日期序号：请把这一列设为日期格式 yyyy-mm-dd，或写成 2016-01-31 的样子"
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]?[0-9]", bare):
        return "不要带时间，应写成 2016-01-31 的样子"
    return "不是日期，应写成 2016-01-31 的样子"


def flag(text: str) -> str:
    return f"{shown(text)} 应是 1（是）、0（否）或空着"


def text(value: str) -> str:
    """Why a short text is not tidy."""
    if value in EXCEL_ERRORS:
        return f"{value} 是 Excel 公式的错误值：请改正公式，或直接填写"
    stripped = value.strip()
    if stripped and all(unicodedata.category(c)[0] != "C" for c in stripped):
        return f"「{shown(value)}」前后有空格，请改成「{shown(stripped)}」"
    if not tidy(value):
        return f"「{shown(value)}」只有空格或看不见的字符"
    return f"「{shown(value)}」含有看不见的字符（换行、制表符等），请删去"


def note(value: str) -> str:
    if value in EXCEL_ERRORS:
        return f"{value} 是 Excel 公式的错误值：请改正公式，或直接填写"
    return f"「{shown(value)}」含有看不见的控制字符，请删去"


def unknown(value: str, column: Column) -> str:
    """Why ``value`` is none of the column's choices."""
    known = [text for choice in column.choices for text in (choice.label, choice.value)]
    return not_among(value, column.label, list(dict.fromkeys(known)))


def not_among(value: str, what: str, known: list[str]) -> str:
    """``value`` is not a known ``what``; the nearest known one is suggested."""
    if value in EXCEL_ERRORS:
        return f"{value} 是 Excel 公式的错误值：请改正公式，或直接填写"
    bare = unicodedata.normalize("NFKC", tidy(value))
    same = [k for k in known if unicodedata.normalize("NFKC", tidy(k)) == bare]
    if same and value not in known:
        return f"「{shown(value)}」含有空格、全角或看不见的字符，请改成「{same[0]}」"
    return f"没有「{shown(value)}」这个{what}{nearest(value, known)}"
