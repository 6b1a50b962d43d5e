"""Forms about villages that leave the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from kaohe.web.common.versions import VersionedForm
from kaohe.web.fieldwork.actions.exits import ExitFacts
from kaohe.web.fieldwork.forms.evidence import DroppedField, EvidenceField, offer_dropped
from kaohe.web.fieldwork.forms.projects import AmountField
from kaohe.web.fieldwork.models import ExitEvidence, VillageExit
from kaohe.web.roster.forms.chosen import DayField


class ExitForm(VersionedForm):
    """How a village stands: the 六有 to tick, and four numbers."""

    day = DayField(label="截至日期", help_text="下面的情况是哪一天的。")
    collective_income = AmountField("集体经济收入")

    class Meta:
        model = VillageExit
        fields = (*(str(item) for item in VillageExit.Item), "text")
        widgets = {"text": forms.Textarea({"rows": 4})}
        help_texts = {
            "dropouts": "没有填 0。",
            "text": "没有达到的项目，写明原因和打算。",
        }

    field_order = ("day",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["day"] = self.instance.day

    def facts(self) -> ExitFacts:
        return ExitFacts(**self.cleaned_data)

    def _present(self) -> dict[str, Any]:
        return super()._present() | {"day": self.instance.day}


class ProofForm(forms.Form):
    """Files for one or several items, and proofs to take out."""

    items = forms.MultipleChoiceField(
        label="证明哪几项",
        choices=VillageExit.Item.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="一个文件可以同时证明几项。",
    )
    attachments = EvidenceField(help_text="照片、验收表、名册等。")
    dropped = DroppedField("佐证")

    def __init__(self, *args: Any, proofs: Sequence[ExitEvidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_dropped(self, {one.pk: f"{one.get_item_display()}：{one.evidence}" for one in proofs})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("attachments") and not values.get("dropped") and "attachments" in values:
            self.add_error("attachments", "请选文件，或勾选要去掉的佐证。")
        return values
