"""Forms about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kaohe.web.common.actor import Reach
from kaohe.web.common.versions import Differing, VersionedForm
from kaohe.web.roster.actions.people import SECRETS, SHORTEST_REASON, PersonFacts
from kaohe.web.roster.forms.chosen import DayField, SecretInput
from kaohe.web.roster.models import Person, Unit
from kaohe.web.roster.personal import check_id_number, check_phone
from kaohe.web.roster.queries.people import own_units

_KEEP = "现在是 {}。不改就空着。"
_NONE = "还没有登记，可不填。"


class PersonForm(VersionedForm):
    """A person as a unit enters them. The stored numbers are in no page: empty keeps them."""

    id_number = forms.CharField(
        label="身份证号", required=False, max_length=18, widget=SecretInput(), strip=True
    )
    drop_id_number = forms.BooleanField(label="清除已登记的身份证号", required=False)
    phone = forms.CharField(
        label="电话", required=False, max_length=20, widget=SecretInput({"inputmode": "tel"})
    )
    drop_phone = forms.BooleanField(label="清除已登记的电话", required=False)
    left = DayField(
        label="离开日期", required=False, help_text="调离、退休的填最后一天；在任的空着。"
    )

    class Meta:
        model = Person
        fields = ("code", "name", "unit", "left")
        labels = {"name": "姓名"}
        help_texts = {"code": "全县不重复，如 P0123。"}

    field_order = (
        "code",
        "name",
        "unit",
        "id_number",
        "drop_id_number",
        "phone",
        "drop_phone",
        "left",
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.instance
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = own_units(reach) | Unit.objects.filter(pk=person.unit_id)
        unit.required = not reach.whole
        if person.pk is None:
            del self.fields["left"]
        elif not reach.whole:
            # Who is moved to another unit is entered by those who reach both.
            unit.queryset = Unit.objects.filter(pk=person.unit_id)
        for name in SECRETS:
            self._keep(name)

    def _keep(self, name: str) -> None:
        """Show the stored number masked, as a hint; offer to drop it where there is one."""
        masked = getattr(self.instance, f"masked_{name}")
        self.fields[name].help_text = _KEEP.format(masked) if masked else _NONE
        if not masked:
            del self.fields[f"drop_{name}"]

    def clean_id_number(self) -> str:
        return _checked(self.cleaned_data["id_number"].upper(), check_id_number)

    def clean_phone(self) -> str:
        return _checked(self.cleaned_data["phone"], check_phone)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in SECRETS:
            if values.get(name) and values.get(f"drop_{name}"):
                self.add_error(name, "填了新号码，就不要再勾“清除”；两样选一样。")
        return values

    @property
    def differing(self) -> list[Differing]:
        """As elsewhere, but without the numbers, of which no page shows either version."""
        return [one for one in super().differing if not one.name.endswith(SECRETS)]

    def _present(self) -> dict[str, Any]:
        return {**super()._present(), **dict.fromkeys(SECRETS, "")}

    def facts(self) -> PersonFacts:
        values = self.cleaned_data
        return PersonFacts(
            code=values["code"],
            name=values["name"],
            unit_id=values["unit"].pk if values["unit"] is not None else None,
            left=values.get("left"),
            id_number=self._number("id_number"),
            phone=self._number("phone"),
        )

    def _number(self, name: str) -> str | None:
        if self.cleaned_data.get(f"drop_{name}"):
            return ""
        return self.cleaned_data[name] or None


class RevealForm(forms.Form):
    """Which numbers of a person to show, and why."""

    fields_shown = forms.MultipleChoiceField(
        label="查看哪一项",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选要看的号码。"},
    )
    reason = forms.CharField(
        label="理由",
        min_length=SHORTEST_REASON,
        max_length=200,
        help_text="会和您的姓名、时间一起记入审计记录。",
        error_messages={
            "required": "请写明查看的理由。",
            "min_length": f"请写明查看的理由，至少 {SHORTEST_REASON} 个字。",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "如：通知参加考核会"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"id_number": "身份证号", "phone": "电话"}
        choices = [(name, labels[name]) for name in SECRETS if getattr(person, name)]
        field = self.fields["fields_shown"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.initial = [choices[0][0]]


class LookUpForm(forms.Form):
    """A complete ID number or phone number by which somebody is looked up."""

    number = forms.CharField(
        label="完整的身份证号或电话",
        max_length=20,
        widget=SecretInput(),
        help_text="要填全，不能只填一部分。查找会记入审计记录，号码本身不记。",
    )

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip().upper()
        return _checked(number, check_id_number if len(number) > 13 else check_phone)


def _checked(text: str, check: Any) -> str:
    if text:
        try:
            check(text)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from error
    return text
