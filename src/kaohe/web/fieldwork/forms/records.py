"""The forms of work records: one record, and several of one day at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from kaohe.scheme.model import RecordKind
from kaohe.scheme.model.records import Quantity
from kaohe.web.common.versions import SeenForm, VersionedForm
from kaohe.web.fieldwork.actions.records import Work
from kaohe.web.fieldwork.forms.evidence import DroppedField, EvidenceField, offer_dropped
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.records import amount
from kaohe.web.fieldwork.queries.records_targets import Known
from kaohe.web.roster.forms.chosen import DayField

_AGAIN = "不是重复：同一天确实另有一次"
_TEXT = "做了什么，结果怎样。"
_BETWEEN = re.compile(r"[、，,；;\n]+")


class TargetInput(forms.TextInput):
    """A text that the browser helps to fill from the targets written before."""

    template_name = "fieldwork/record_target_input.html"

    def __init__(self, known: Sequence[Known]) -> None:
        super().__init__()
        self.known = known

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["list"] = f"{own.get('id', name)}-known"
        context["known"] = sorted(one.name for one in self.known)
        return context


class _AskedAgain:
    """What both forms do when a record of the same day is there: ask, by a box to tick."""

    fields: dict[str, forms.Field]

    def ask_whether_another(self) -> None:
        self.fields["again"].widget = forms.CheckboxInput()


def _again() -> forms.BooleanField:
    return forms.BooleanField(label=_AGAIN, required=False, widget=forms.HiddenInput)


def _photos(sort: RecordKind, *, required: bool) -> EvidenceField:
    return EvidenceField(label="佐证材料", required=required and sort.evidence == "required")


def _number(quantity: Quantity) -> forms.DecimalField:
    """A number of at most two decimals and the scheme's maximum, in the scheme's unit."""
    most = amount(quantity.maximum, quantity.unit)
    return forms.DecimalField(
        label=f"{quantity.name}（{quantity.unit}）",
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        validators=[
            MinValueValidator(0, f"{quantity.name}不能是负数。"),
            MaxValueValidator(
                quantity.maximum,
                f"{quantity.name}最多 {most}，请核对数字和单位。".replace("%", "%%"),
            ),
        ],
        error_messages={
            "invalid": f"{quantity.name}应是数字，例如 12.5。",
            "max_decimal_places": "最多两位小数。",
        },
    )


class RecordForm(_AskedAgain, VersionedForm):
    """One record; whose it is and its sort are chosen before."""

    photos: forms.Field
    again = _again()
    dropped = DroppedField("材料")

    class Meta:
        model = WorkRecord
        fields = ("day", "target", "text")
        widgets = {"text": forms.Textarea({"rows": 3})}
        help_texts = {"text": _TEXT}

    def __init__(
        self, data: Any, files: Any, *, sort: RecordKind, known: Sequence[Known], **kwargs: Any
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.sort = sort
        self.fields["day"] = DayField(label="日期")
        if sort.target is None:
            del self.fields["target"]
        else:
            self.fields["target"] = forms.CharField(
                label=sort.target, max_length=60, widget=TargetInput(known)
            )
        if sort.quantity is not None:
            self.fields["quantity"] = _number(sort.quantity)
            self.initial.setdefault("quantity", self.instance.quantity)
        kept = list(self.instance.evidence.all()) if self.instance.pk else []
        if sort.evidence != "none":
            self.fields["photos"] = _photos(sort, required=not kept)
        offer_dropped(self, {one.pk: one.name for one in kept})
        self.order_fields(("again", "day", "target", "quantity", "text", "dropped", "photos"))

    @property
    def target(self) -> str:
        return str(self.cleaned_data.get("target", ""))

    @property
    def dropped_keys(self) -> frozenset[int]:
        return frozenset(self.cleaned_data.get("dropped", ()))

    def work(self) -> Work:
        values = self.cleaned_data
        return Work(
            day=values["day"],
            text=values["text"],
            quantity=values.get("quantity"),
            files=values.get("photos", ()),
            again=values["again"],
        )

    def _present(self) -> dict[str, Any]:
        return super()._present() | {"quantity": self.instance.quantity}

    def _shown(self, values: Any) -> dict[str, str]:
        # Files are told apart by no text; only what is typed differs.
        return super()._shown(values) | {"photos": "", "dropped": "", "again": ""}


class ManyForm(_AskedAgain, forms.Form):
    """Records of one sort on one day about several targets, with the same words and files."""

    again = _again()
    day = DayField(label="日期")
    targets = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    more = forms.CharField(
        label="名单里没有的", required=False, max_length=2000, help_text="几个之间用顿号隔开。"
    )
    text = forms.CharField(
        label="情况", max_length=4000, widget=forms.Textarea({"rows": 3}), help_text=_TEXT
    )

    def __init__(
        self, data: Any, files: Any, *, sort: RecordKind, known: Sequence[Known], **kwargs: Any
    ) -> None:
        super().__init__(data, files, **kwargs)
        field = self.fields["targets"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.label = sort.target or ""
        field.choices = [(one.name, _described(one)) for one in known]
        if sort.evidence != "none":
            self.fields["photos"] = _photos(sort, required=True)
            self.fields["photos"].help_text += "每一条都附上这些材料。"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not self.chosen:
            self.add_error("targets", "请至少勾选一个，或在下面填写。")
        return values

    @property
    def chosen(self) -> list[str]:
        values = self.cleaned_data
        more = _BETWEEN.split(values.get("more", ""))
        return [*values.get("targets", ()), *(text for text in more if text.strip())]

    def work(self) -> Work:
        values = self.cleaned_data
        return Work(
            day=values["day"],
            text=values["text"],
            files=values.get("photos", ()),
            again=values["again"],
        )


def _described(known: Known) -> str:
    if known.latest is None:
        return f"{known.name}（还没有）"
    latest = f"{known.latest.month}月{known.latest.day}日"
    return f"{known.name}（今年 {known.times} 次，上次 {latest}）"


class RecordStepForm(SeenForm):
    """A step about one record."""

    overtaken = "{who}刚刚改过这条记录；请回到记录页看最新情况。"


class ReasonForm(RecordStepForm):
    """Why a record is not accepted, or a confirmation taken back."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea({"rows": 3}))
