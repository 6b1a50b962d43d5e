"""Forms about working days."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from kaohe.web.fieldwork.calendar import days_between
from kaohe.web.roster.forms.chosen import DayField

_DAY = r"(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:至|到|—+|–|－|~|～|-)\s*{_DAY})?[\s：:，,]*(.*)")
_LONGEST = 31
_MOST_LINES = 120


class WorkdayForm(forms.Form):
    """A day that the office sets."""

    day = DayField(label="日期")
    works = forms.TypedChoiceField(
        label="这一天",
        choices=[("yes", "上班"), ("no", "休息")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="依据", max_length=60, help_text="如“县政府办通知，赶集日调休”。")


class YearForm(forms.Form):
    """A whole year's holidays and exchanged days, as an office copies them from the notice."""

    off = forms.CharField(
        label="放假的日子",
        widget=forms.Textarea({"rows": 8}),
        max_length=4000,
        help_text="每行一段，如“10月1日至10月7日 国庆节”。周末本来就休息，写不写都可以。",
    )
    on = forms.CharField(
        label="调休上班的周末",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
        help_text="每行一天，如“10月9日 国庆调休”。",
    )

    def __init__(self, *args: object, year: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.year = year

    def clean_off(self) -> dict[date, str]:
        return _read(self.cleaned_data["off"], self.year, "放假")

    def clean_on(self) -> dict[date, str]:
        found = _read(self.cleaned_data["on"], self.year, "调休上班")
        if weekday := next((day for day in sorted(found) if day.weekday() < 5), None):
            raise ValidationError(
                f"{weekday.month}月{weekday.day}日不是周末，本来就上班；请核对日期。"
            )
        return found


def _read(text: str, year: int, otherwise: str) -> dict[date, str]:
    """Days with their notes, from lines of a day or a span and a name. Raises ValidationError."""
    found: dict[date, str] = {}
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    if len(lines) > _MOST_LINES:
        raise ValidationError(f"最多 {_MOST_LINES} 行，现在有 {len(lines)} 行。")
    for number, line in lines:
        if line:
            first, last, note = _span(line, number, year)
            found |= dict.fromkeys(days_between(first, last), note[:60] or otherwise)
    return found


def _span(line: str, number: int, year: int) -> tuple[date, date, str]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValidationError(
            f"第 {number} 行“{line[:30]}”看不懂；请写成“10月1日至10月7日 国庆节”。"
        )
    parts = match.groups()
    try:
        first = date(int(parts[0] or year), int(parts[1]), int(parts[2]))
        last = first
        if parts[4] is not None:
            last = date(int(parts[3] or year), int(parts[4]), int(parts[5]))
    except ValueError:
        raise ValidationError(f"第 {number} 行“{line[:30]}”里没有这个日期，请核对。") from None
    if first.year != year or last.year != year:
        raise ValidationError(f"第 {number} 行“{line[:30]}”不在 {year} 年；跨年的请分两年录。")
    if not first <= last or (last - first).days >= _LONGEST:
        raise ValidationError(
            f"第 {number} 行“{line[:30]}”的起止不对：止不能早于起，一段不超过 {_LONGEST} 天。"
        )
    return first, last, parts[6].strip("（）() ")
