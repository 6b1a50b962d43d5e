"""Forms made from the year's scheme: a field for each attribute that it has for a kind of units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape

from kaohe.scheme.model import Attribute
from kaohe.web.common.versions import VersionedForm
from kaohe.web.roster.actions.attribute_values import LONGEST
from kaohe.web.roster.actions.attributes import Saying
from kaohe.web.roster.models import Unit, UnitAttributes, WorkYear
from kaohe.web.roster.queries.attributes import (
    asked_of,
    indicators_asked,
    listed,
    texts_in_use,
    why,
)

FLAGS = {"1": True, "0": False}
# Before an attribute's code, so that no scheme's code meets a field of the form itself.
PREFIX = "said-"


class AttributesForm(VersionedForm):
    """What is said of one unit; `narrow` asks in the cells of a grid instead of line by line."""

    narrow = False

    class Meta:
        model = UnitAttributes
        fields = ()

    def __init__(self, *args: Any, year: WorkYear, unit: Unit, **kwargs: Any) -> None:
        self.year, self.unit = year, unit
        # The parent's constructor reads what was sent by these fields.
        self.asked = {f"{PREFIX}{one.code}": one for one in asked_of(year, unit.kind)}
        self.base_fields = {  # type: ignore[misc]
            "version": type(self).base_fields["version"],
            **{name: self._field(attribute) for name, attribute in self.asked.items()},
        }
        super().__init__(*args, **kwargs)
        self.initial.update(self._present())

    def saying(self) -> Saying:
        """What was typed, by attribute code."""
        values = {
            attribute.code: self._value(attribute, self.cleaned_data.get(name))
            for name, attribute in self.asked.items()
        }
        return Saying(self.unit.pk, self.seen, values)

    def placed(self, error: ValidationError) -> ValidationError:
        """What an action says of attributes, at the fields of this form."""
        if not hasattr(error, "error_dict"):
            return error
        return ValidationError(
            {f"{PREFIX}{code}": errors for code, errors in error.error_dict.items()}
        )

    def _field(self, attribute: Attribute) -> forms.Field:
        common: dict[str, Any] = {
            "label": attribute.name,
            "required": False,
            "help_text": self._help(attribute),
        }
        if attribute.type == "flag":
            widget = forms.Select if self.narrow else forms.RadioSelect
            return forms.ChoiceField(choices=self._flags(attribute), widget=widget, **common)
        if attribute.type == "indicators" and not self.narrow:
            known = indicators_asked(self.year, self.unit.kind, attribute)
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=list(known.items()), widget=widget, **common)
        if attribute.type == "text" and attribute.values:
            choices = [("", "未填"), *((value, value) for value in attribute.values)]
            return forms.ChoiceField(choices=choices, **common)
        longest = LONGEST if attribute.type == "text" else 4 * LONGEST
        mode = {"inputmode": "decimal"} if attribute.type == "number" else {}
        return forms.CharField(max_length=longest, widget=forms.TextInput(attrs=mode), **common)

    def _flags(self, attribute: Attribute) -> list[tuple[str, str]]:
        default = listed(attribute, self.unit)
        silent = "未认定" if default is None else f"按办法名单：{'是' if default else '否'}"
        return [("", silent), ("1", "是"), ("0", "否")]

    def _help(self, attribute: Attribute) -> str:
        """Clause and reading; they are the county's text, so that nothing in them is markup."""
        parts = [why(attribute)]
        default = listed(attribute, self.unit)
        if default is not None:
            where = "在" if default else "不在"
            parts.append(f"“{self.unit}”{where}办法所列 {len(attribute.members)} 个单位的名单内。")
        if attribute.type == "text" and not attribute.values and not self.narrow:
            used = texts_in_use(self.year, attribute)
            parts.append(f"已在用：{'、'.join(used)}。" if used else "")
        return escape("".join(parts))

    def _value(self, attribute: Attribute, typed: Any) -> object:
        if attribute.type == "flag":
            return FLAGS.get(typed)
        return ";".join(typed) if isinstance(typed, list) else typed

    def _present(self) -> dict[str, Any]:
        stored = self.instance.values if self.instance.pk else {}
        return {name: self._typed(name, stored.get(one.code)) for name, one in self.asked.items()}

    def _typed(self, name: str, stored: object) -> Any:
        """A stored value as its field takes it."""
        if isinstance(stored, bool):
            return "1" if stored else "0"
        if isinstance(self.base_fields[name], forms.MultipleChoiceField):
            return str(stored).split(";") if stored else []
        return "" if stored is None else str(stored)

    def _shown(self, values: Any) -> dict[str, str]:
        sent = hasattr(values, "getlist")
        plain = {}
        for name, field in self.base_fields.items():
            key = self.add_prefix(name)
            several = sent and isinstance(field, forms.MultipleChoiceField)
            value = values.getlist(key) if several else values.get(key if sent else name)
            plain[key] = self._named(name, value) if isinstance(value, list) else value
        return super()._shown(plain)

    def _named(self, name: str, codes: list[str]) -> str:
        known = indicators_asked(self.year, self.unit.kind, self.asked[name])
        return "、".join(known.get(code, code) for code in codes)

    def _with_choices(self, data: Any) -> Any:
        merged = super()._with_choices(data)
        for name in self.asked:
            present = self._present()[name]
            if isinstance(present, list) and data.get(f"choose-{name}") == "theirs":
                merged.setlist(self.add_prefix(name), present)
        return merged
