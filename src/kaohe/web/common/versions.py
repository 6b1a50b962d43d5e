"""Forms that know which version of a row they were shown with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.models import model_to_dict

from kaohe.web.common.errors import Conflict
from kaohe.web.common.models import Record

_CHOICE = "choose-"


@dataclass(frozen=True)
class Differing:
    """A field on which two editors differ, as both would read it."""

    name: str
    label: str
    yours: str
    theirs: str


class SeenForm(forms.Form):
    """A step about one row, at the version that was shown.

    When somebody else was faster there is nothing to choose from, only to look at: `overtaken` says
    where. What was typed stays in the form.
    """

    overtaken = "{who}刚刚改过；请返回看最新的情况，再决定。"
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @property
    def seen(self) -> int:
        version: int = self.cleaned_data["version"]
        return version

    def differ(self, conflict: Conflict) -> None:
        """Tell who was faster."""
        self.add_error(None, self.overtaken.format(who=conflict.who))


class VersionedForm(forms.ModelForm):
    """A model's fields with the row's version in a hidden input `version`.

    The form only checks and types what was sent; it never writes: an action does. After a Conflict
    it shows the fields that differ, carries the newer version, and takes each field from the side
    that the editor chose (`choose-name`: yours or theirs).
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.conflict: Conflict | None = None
        self.seen = 0
        if isinstance(self.instance, Record) and self.instance.pk:
            self.fields["version"].initial = self.instance.version
        if data is not None:
            self.data = self._with_choices(data)

    def clean(self) -> dict[str, Any]:
        """Take the version out of the values; whether it is the latest is the action's question."""
        values = super().clean() or self.cleaned_data
        self.seen = values.pop("version", None) or 0
        return values

    def differ(self, conflict: Conflict) -> None:
        """Show this form again with what somebody else stored meanwhile beside it."""
        self.conflict = conflict
        self.instance.refresh_from_db()
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("version")] = str(conflict.version)
        self.data = data

    @property
    def differing(self) -> list[Differing]:
        """The fields that the other editor left otherwise than they stand here."""
        theirs = self._shown(self._present())
        yours = self._shown(self.data)
        return [
            Differing(name, str(field.label), yours[name] or "（空）", theirs[name] or "（空）")
            for name, field in self.fields.items()
            if name != "version" and yours[name] != theirs[name]
        ]

    def _present(self) -> dict[str, Any]:
        """The stored values by field name; a form whose fields are no columns says its own."""
        return model_to_dict(self.instance)

    def _shown(self, values: Any) -> dict[str, str]:
        """Each field's value in words: a choice by its label, a tick as 是 or 否."""
        shown = {}
        for name, field in self.fields.items():
            value = values.get(self.add_prefix(name))
            if isinstance(field, forms.BooleanField):
                shown[name] = "是" if value in {True, "on", "true", "True", "1"} else "否"
            elif isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                labels = {str(key): str(label) for key, label in choices}
                shown[name] = labels.get(str(value or ""), str(value or ""))
            else:
                shown[name] = str(value if value is not None else "").strip()
        return shown

    def _with_choices(self, data: Any) -> Any:
        """The data with the present value wherever the editor chose the other's."""
        theirs = [name for name in self.fields if data.get(f"{_CHOICE}{name}") == "theirs"]
        if not theirs:
            return data
        merged = data.copy()
        present = self._present()
        for name in theirs:
            value = present.get(name)
            if value in (None, False):
                merged.pop(name, None)
            else:
                merged[name] = "on" if value is True else str(value)
        return merged

    def _post_clean(self) -> None:
        # The instance stays as the database has it, and constraints are checked under the lock.
        return
