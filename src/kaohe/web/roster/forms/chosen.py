"""Fields that several forms have: a row chosen by typing, a day, a number that is never shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model, Q

from kaohe.web.common.versions import VersionedForm

EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)
_NULL = "\x00"


class ListedInput(forms.TextInput):
    """A text input that the browser helps to fill from a list of its own (datalist)."""

    template_name = "roster/listed_input.html"
    choices: Any = ()

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "placeholder": "输入编号或名称，从列表里选"})
        self.hint: Callable[[Any], str] = lambda row: ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["list"] = f"{own.get('id', name)}-list"
        rows = [(key.instance, label) for key, label in self.choices if key]
        context["options"] = [(label, self.hint(row)) for row, label in rows]
        return context


class ChosenField(forms.ModelChoiceField):
    """A row of the queryset, typed as `S001 张三`, as its code, or as a name that only one has."""

    def __init__(self, *, hint: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        super().__init__(widget=ListedInput(), **kwargs)
        if hint is not None:
            self.widget.hint = hint

    def label_from_instance(self, obj: Model) -> str:
        return f"{getattr(obj, 'code', '')} {obj}"

    def prepare_value(self, value: Any) -> Any:
        row = value if isinstance(value, Model) else None
        if isinstance(value, int) and self.queryset is not None:
            row = self.queryset.filter(pk=value).first()
        return self.label_from_instance(row) if row is not None else value

    def to_python(self, value: Any) -> Any:
        text = " ".join(str(value or "").split())
        if not text:
            return None
        if _NULL in text or self.queryset is None:
            raise forms.ValidationError("这里有不能用的字符，请重新填写。")
        code, _, name = text.partition(" ")
        # A code with another's name beside it is a slip: neither is taken.
        by_code = Q(code=code, name=name) if name else Q(code=code)
        rows = list(self.queryset.filter(by_code)[:2])
        rows = rows or list(self.queryset.filter(name=text)[:2])
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise forms.ValidationError(f"有不止一个“{text[:30]}”，请从列表里选，或输入编号。")
        raise forms.ValidationError(f"没有“{text[:30]}”。请从列表里选，或输入编号。")


class ChoosingForm(VersionedForm):
    """A versioned form with chosen rows: what is stored is told as it would have been typed."""

    def _present(self) -> dict[str, Any]:
        present = super()._present()
        for name, field in self.fields.items():
            if isinstance(field, ChosenField) and name in present:
                present[name] = field.prepare_value(getattr(self.instance, name)) or ""
        return present


class DayField(forms.DateField):
    """A day between 1950 and 2100, with the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "date", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
        super().__init__(
            widget=forms.DateInput(attrs=attrs, format="%Y-%m-%d"),
            validators=[
                MinValueValidator(EARLIEST, "日期早于 1950 年，请核对年份。"),
                MaxValueValidator(LATEST, "日期晚于 2100 年，请核对年份。"),
            ],
            error_messages={"invalid": "日期应写成 2016-01-05 或 2016年1月5日。"},
            **kwargs,
        )


class SecretInput(forms.TextInput):
    """An input whose value goes to the server and never comes back, not even with an error."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        own = context["widget"]["attrs"]
        own |= {"autocomplete": "off", "spellcheck": "false"}
        if value:
            own["placeholder"] = "请再填一次：为了保密，页面不保留刚才填的号码"
        return context
