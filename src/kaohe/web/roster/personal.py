"""Checks of personal data: an ID number's length, date and check digit; a phone number's digits."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def check_id_number(text: str) -> None:
    """Raises ValidationError unless the text is an ID number by GB 11643."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        raise ValidationError("身份证号应为 18 位：17 位数字加 1 位数字或 X。")
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise ValidationError("身份证号中的出生日期不存在，请核对第 7 至 14 位。") from None
    if check_digit(text[:17]) != text[17]:
        raise ValidationError("身份证号的校验位不对，请核对是否抄错了一位。")


def check_digit(body: str) -> str:
    """The last digit of an ID number from its first 17."""
    return _CHECKS[
        sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    ]


def check_phone(text: str) -> None:
    """Raises ValidationError unless the text is a mobile or a land-line number."""
    if not re.fullmatch(r"1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}|[0-9]{7,8}", text):
        raise ValidationError("电话应为 11 位手机号，或区号加固定电话，如 0800-1234567。")
