"""Forms about findings: their words, the notice, the reply, the re-check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from kaohe.web.common.versions import Differing, VersionedForm
from kaohe.web.fieldwork.forms.evidence import DroppedField, EvidenceField, offer_dropped
from kaohe.web.roster.forms.chosen import DayField
from kaohe.web.supervision.actions.findings import FindingFacts
from kaohe.web.supervision.actions.rectification import Order, Recheck, Way
from kaohe.web.supervision.forms.steps import StepForm
from kaohe.web.supervision.models import Finding

_WAYS = [
    (Way.NOTIFY.value, "发整改通知"),
    (Way.SETTLED.value, "当场已整改"),
    (Way.LATER.value, "先不处理"),
]


class FindingForm(VersionedForm):
    """A finding before its notice."""

    attachments = EvidenceField(label="照片、材料")
    dropped = DroppedField()

    class Meta:
        model = Finding
        fields = ("severity", "text")
        widgets = {"severity": forms.RadioSelect, "text": forms.Textarea({"rows": 5})}

    field_order = ("severity", "text", "dropped", "attachments")

    def __init__(self, data: Any, files: Any, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        severity = self.fields["severity"]
        assert isinstance(severity, forms.ChoiceField)
        severity.choices = Finding.Severity.choices
        offer_dropped(self, {row.pk: row.name for row in self.instance.evidence.all()})

    def facts(self) -> FindingFacts:
        values = self.cleaned_data
        return FindingFacts(
            severity=values["severity"],
            text=values["text"],
            files=values["attachments"],
            dropped=frozenset(values.get("dropped", ())),
        )

    @property
    def differing(self) -> list[Differing]:
        """Files are added or taken away, never written over."""
        files = {"attachments", "dropped"}
        return [one for one in super().differing if one.name not in files]


class WithdrawForm(StepForm):
    """Why a finding is taken back."""

    reason = forms.CharField(label="撤回理由", max_length=300, widget=forms.Textarea({"rows": 2}))


@dataclass(frozen=True)
class Ordered:
    """A finding with the two fields that say what becomes of it."""

    finding: Finding
    way: BoundField
    text: BoundField


class NoticeForm(forms.Form):
    """A notice: for each open finding what becomes of it, and one day for all."""

    due = DayField(label="整改期限", help_text="在这一天以前回复整改情况。")

    def __init__(self, data: Any, *, findings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.findings = findings
        for one in findings:
            self.fields[f"way-{one.pk}"] = forms.ChoiceField(
                label="怎样处理",
                choices=_WAYS,
                initial=Way.NOTIFY.value,
                widget=forms.RadioSelect,
            )
            self.fields[f"text-{one.pk}"] = forms.CharField(
                label="整改要求",
                max_length=2000,
                required=False,
                widget=forms.Textarea({"rows": 2}),
                help_text="当场已整改的，写怎样整改的。",
            )

    @property
    def ordered(self) -> list[Ordered]:
        return [
            Ordered(one, self[f"way-{one.pk}"], self[f"text-{one.pk}"]) for one in self.findings
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for one in self.findings:
            later = values.get(f"way-{one.pk}") == Way.LATER.value
            if not later and not values.get(f"text-{one.pk}"):
                error = ValidationError("请写明整改要求，或当场怎样整改。")
                self.add_error(f"text-{one.pk}", error)
        return values

    def orders(self) -> list[Order]:
        values = self.cleaned_data
        return [
            Order(one.pk, Way(values[f"way-{one.pk}"]), values[f"text-{one.pk}"])
            for one in self.findings
        ]


class ReplyForm(StepForm):
    """How a finding was put right."""

    text = forms.CharField(label="整改情况", max_length=4000, widget=forms.Textarea({"rows": 6}))
    attachments = EvidenceField(label="照片、材料")


class RecheckForm(StepForm):
    """What the second look showed."""

    passed = forms.TypedChoiceField(
        label="复查结果",
        choices=[("yes", "合格，销号"), ("no", "不合格，继续整改")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="复查情况", max_length=4000, widget=forms.Textarea({"rows": 4}))
    due = DayField(label="新的整改期限", required=False, help_text="不合格的必填。")
    attachments = EvidenceField(label="照片、材料")

    def facts(self) -> Recheck:
        values = self.cleaned_data
        return Recheck(values["passed"], values["text"], values["attachments"], values["due"])
