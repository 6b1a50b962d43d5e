"""Checks of what is said of a unit against the attributes of the year's scheme."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from kaohe.scheme.model import Attribute
from kaohe.web.roster.models import Unit, WorkYear
from kaohe.web.roster.queries.attributes import asked_of, indicators_asked

LONGEST = 60
_SEPARATORS = re.compile(r"[;；,，、\s]+")


def checked_values(
    year: WorkYear, unit: Unit, values: Mapping[str, object]
) -> dict[str, str | bool]:
    """The values as they are stored; what says nothing is left out.

    Raises ValidationError by attribute code, for codes that the scheme does not have too.
    """
    asked = {attribute.code: attribute for attribute in asked_of(year, unit.kind)}
    checked: dict[str, str | bool] = {}
    wrong: dict[str, str] = {
        code: f"办法没有为{unit.get_kind_display()}设属性“{code[:LONGEST]}”，没有保存。"
        for code in values
        if code not in asked
    }
    for code, attribute in asked.items():
        try:
            value = _checked(year, unit, attribute, values.get(code))
        except ValueError as error:
            wrong[code] = str(error)
        else:
            if value is not None:
                checked[code] = value
    if wrong:
        raise ValidationError(wrong)
    return checked


def _checked(year: WorkYear, unit: Unit, attribute: Attribute, value: object) -> str | bool | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if attribute.type == "flag":
        if not isinstance(value, bool):
            raise ValueError("只能填“是”或“否”，未认定的空着。")
        return value
    if not isinstance(value, str):
        raise ValueError("应是文字。")
    text = value.strip()
    match attribute.type:
        case "number":
            return _number(year, text)
        case "indicators":
            return _indicators(indicators_asked(year, unit.kind, attribute), text)
        case _:
            return _text(attribute, text)


def _text(attribute: Attribute, text: str) -> str:
    if attribute.values and text not in attribute.values:
        raise ValueError(f"只能是：{'、'.join(attribute.values)}。")
    if len(text) > LONGEST:
        raise ValueError(f"最多 {LONGEST} 个字，现在有 {len(text)} 个。")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise ValueError("含有看不见的控制字符，请重新输入。")
    return text


def _number(year: WorkYear, text: str) -> str:
    try:
        number = Decimal(unicodedata.normalize("NFKC", text))
    except InvalidOperation:
        raise ValueError("应是数字，如 12.5。") from None
    most = year.scheme.limits.number
    if not number.is_finite() or not 0 <= number <= most:
        raise ValueError(f"应在 0 和 {most} 之间。")
    if number != round(number, 2):
        raise ValueError("最多两位小数。")
    return f"{number.normalize():f}"


def _indicators(known: Mapping[str, str], text: str) -> str:
    """Codes in the regulation's order, each once, joined by a semicolon."""
    codes = {code for code in _SEPARATORS.split(unicodedata.normalize("NFKC", text)) if code}
    unknown = sorted(codes - known.keys())
    if unknown:
        listed = "、".join(code[:20] for code in unknown[:3])
        raise ValueError(f"没有可填的指标 {listed}；可填：{'；'.join(known.values())}。")
    return ";".join(code for code in known if code in codes)
