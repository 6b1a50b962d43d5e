"""Cells become values: whatever Excel or somebody's habit made of them is undone, or told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from kaohe.web.roster.imports.columns import REFERENCES, Column, Kind

_EXACT = 10**15
_DEGREES = Decimal("0.000001")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060"), None)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_DATE_8 = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_FIRST_DAY, _LAST_DAY = date(1950, 1, 1), date(2199, 12, 31)
_SERIALS = range(18_264, 109_575)
_FLAGS = {"是": True, "否": False, "1": True, "0": False, "true": True, "false": False, "√": True}


class Unreadable(Exception):
    """Why a cell has no value, and what to do about it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(message)


@dataclass(frozen=True)
class Masked:
    """A number with stars, as we give it out: it stays as it is."""

    text: str


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not _tidy(cell))


def value_of(cell: object, column: Column) -> Any:
    """The value of a cell; None for an empty one. Raises Unreadable.

    References stay texts here: what they mean is known only when all sheets are read.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, str) and _CONTROL.search(cell):
        raise Unreadable("里面有看不见的控制字符", "删去这一格，重新输入")
    if isinstance(cell, (time, timedelta)):
        raise Unreadable("是时间，不是这一列要的内容", f"应填：{column.expected}")
    return _READERS[column.kind](cell, column)


def _tidy(text: str) -> str:
    """Without spaces at the ends, unseen signs, and more than one space in between."""
    return " ".join(text.translate(_UNSEEN).split())


def _narrow(cell: str) -> str:
    """With full-width letters, digits and signs made plain."""
    return _tidy(unicodedata.normalize("NFKC", cell))


def _text(cell: object, column: Column) -> str:
    if isinstance(cell, str):
        return _tidy(cell)
    return _from_number(cell, column)


def _from_number(cell: object, column: Column) -> str:
    """A number as it was typed: 12 for 12.0."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (date, datetime)):
        raise Unreadable(
            "是日期：多半是 Excel 自动改的", "把单元格设为文本格式，重新输入原来的内容"
        )
    assert isinstance(cell, (int, float))
    if abs(cell) >= _EXACT:
        raise Unreadable(
            "是超过 15 位的数字，Excel 已把末尾几位变成 0",
            "把这一列设为文本格式，从原始资料重新填写",
        )
    return str(int(cell)) if cell == int(cell) else repr(cell)


def _code(cell: object, column: Column) -> str:
    text = _narrow(cell) if isinstance(cell, str) else _from_number(cell, column)
    if _SCIENTIFIC.fullmatch(text) and "." in text:
        raise Unreadable("是科学记数法，原来的编号已看不出来", "把单元格设为文本格式，重新填写编号")
    return text


def _flag(cell: object, column: Column) -> bool:
    if isinstance(cell, (int, float)) and cell in (0, 1):
        return bool(cell)
    text = _narrow(cell).casefold() if isinstance(cell, str) else str(cell)
    if text not in _FLAGS:
        raise Unreadable("看不出是还是否", "填“是”或“否”")
    return _FLAGS[text]


def _date(cell: object, column: Column) -> date:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise Unreadable("日期里带了时间", "只填日期，如 2016-01-05")
        return _in_range(cell.date())
    if isinstance(cell, date):
        return _in_range(cell)
    text = _narrow(cell) if isinstance(cell, str) else _from_number(cell, column)
    found = _DATE.fullmatch(text) or _DATE_8.fullmatch(text)
    if found is None:
        if text.isdigit() and int(text) in _SERIALS:
            raise Unreadable(
                "像是 Excel 的日期序号，不是日期", "把单元格设为日期格式，核对后再保存"
            )
        raise Unreadable("不是完整的日期", "写成年-月-日，如 2016-01-05")
    year, month, day = (int(part) for part in found.groups())
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        raise Unreadable("没有这一天", "核对月和日，写成 2016-01-05 的样子") from None


def _in_range(day: date) -> date:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise Unreadable("日期不在 1950 年至 2199 年之间", "核对年份")
    return day


def _whole(cell: object, column: Column) -> int:
    if isinstance(cell, (bool, date, datetime)):
        raise Unreadable("不是数字", f"应填：{column.expected}")
    if isinstance(cell, str):
        text = _narrow(cell).replace(",", "")
        if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.0+)?", text):
            raise Unreadable("不是整数", "只填数字，不要写单位或文字")
        number = Decimal(text)
    else:
        assert isinstance(cell, (int, float))
        number = Decimal(repr(cell))
    if number != number.to_integral_value():
        raise Unreadable("不是整数", "填整数，不要小数")
    if not 0 <= number < 10**9:
        raise Unreadable("太大或小于 0", "核对这个数")
    return int(number)


def _degrees(cell: object, column: Column) -> Decimal:
    if isinstance(cell, (bool, date, datetime)):
        raise Unreadable("不是度数", f"应填：{column.expected}")
    text = _narrow(cell) if isinstance(cell, str) else repr(cell)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unreadable("不是度数", "填小数，如 105.123456；不要写度分秒") from None
    if not number.is_finite() or abs(number) > 180:
        raise Unreadable("不是度数", "经度在 -180 至 180 之间，纬度在 -90 至 90 之间")
    # Six places are ten centimetres; Excel's own rounding errors lie far behind them.
    return number.quantize(_DEGREES)


def _choice(cell: object, column: Column) -> str:
    text = _narrow(cell) if isinstance(cell, str) else _from_number(cell, column)
    for stored, label in column.choices:
        if text in {stored, label}:
            return stored
    raise Unreadable("不是这一列的选项", "从下拉框里选")


def _id_number(cell: object, column: Column) -> str | Masked:
    if isinstance(cell, str):
        text = _narrow(cell).replace(" ", "").upper()
        if "*" in text:
            return Masked(text)
        if not _SCIENTIFIC.fullmatch(text):
            return text
    raise Unreadable(
        "身份证号被 Excel 当成了数字：只留下 15 位，末尾几位已经丢失",
        "把这一列设为文本格式，从原始资料重新填写，不能从这个文件恢复",
    )


def _phone(cell: object, column: Column) -> str | Masked:
    text = _narrow(cell) if isinstance(cell, str) else _from_number(cell, column)
    text = re.sub(r"[\s‐-―]", lambda found: "-" if found[0].strip() else "", text)
    if "*" in text:
        return Masked(text)
    if _SCIENTIFIC.fullmatch(text):
        raise Unreadable("电话被 Excel 改成了科学记数法", "把这一列设为文本格式，重新填写")
    return text


_READERS: Mapping[Kind, Callable[[Any, Column], Any]] = {
    Kind.CODE: _code,
    Kind.TEXT: _text,
    Kind.FLAG: _flag,
    Kind.DATE: _date,
    Kind.YEAR: _whole,
    Kind.COUNT: _whole,
    Kind.DEGREES: _degrees,
    Kind.CHOICE: _choice,
    Kind.INDICATORS: _code,
    Kind.NUMBER: _code,
    Kind.ID_NUMBER: _id_number,
    Kind.PHONE: _phone,
    **dict.fromkeys(REFERENCES, _code),
}
