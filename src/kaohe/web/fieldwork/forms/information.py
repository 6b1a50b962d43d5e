"""Forms about information items and research reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from kaohe.web.common.versions import SeenForm, VersionedForm
from kaohe.web.fieldwork.actions.information import InformationFacts
from kaohe.web.fieldwork.actions.information_receiving import AdoptionFacts, Seen
from kaohe.web.fieldwork.forms.evidence import DroppedField, EvidenceField, offer_dropped
from kaohe.web.fieldwork.models import Adoption, InformationItem
from kaohe.web.fieldwork.queries.information import Reporter
from kaohe.web.roster.forms.chosen import DayField

# How many texts are received at once: as many as a page of the inbox shows.
MOST_RECEIVED = 100


class InformationForm(VersionedForm):
    """A text to be reported, or to be changed before it is received."""

    reporter = forms.ChoiceField(label="报送单位或派驻")
    attachments = EvidenceField(label="附件")
    dropped = DroppedField()

    class Meta:
        model = InformationItem
        fields = ("kind", "title", "text")
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea({"rows": 14}),
        }
        help_texts = {
            "text": "把正文写在或粘贴在这里，最多 20000 字；表格、图片作为附件上传。",
        }

    field_order = ("reporter", "kind", "title", "text", "dropped", "attachments")

    def __init__(self, data: Any, files: Any, *, reporters: Sequence[Reporter] = (), **kwargs: Any):
        super().__init__(data, files, **kwargs)
        self._offer_reporters(reporters)
        kept = self.instance.attachments.all() if self.instance.pk else ()
        offer_dropped(self, {one.pk: one.name for one in kept})

    def _offer_reporters(self, reporters: Sequence[Reporter]) -> None:
        """One alone needs no choice; and a text that is there keeps its reporter."""
        if self.instance.pk:
            del self.fields["reporter"]
            return
        field = self.fields["reporter"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.label) for one in reporters]
        if len(reporters) == 1:
            field.widget = forms.HiddenInput()
            field.initial = reporters[0].code

    @property
    def whose(self) -> str:
        code: str = self.cleaned_data["reporter"]
        return code

    def facts(self) -> InformationFacts:
        values = self.cleaned_data
        return InformationFacts(
            kind=values["kind"],
            title=values["title"],
            text=values["text"],
            files=values["attachments"],
            dropped=frozenset(values.get("dropped", ())),
        )

    def _shown(self, values: Any) -> dict[str, str]:
        # Files are told apart by no text; only what is typed differs.
        return super()._shown(values) | {"attachments": "", "dropped": ""}


class ReturnForm(SeenForm):
    """Why a text is returned."""

    note = forms.CharField(
        label="退回意见",
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text="写明改什么、补什么；报送人在首页会看到。",
    )


class AdoptionForm(SeenForm):
    """Where a text was adopted, with its proof."""

    level = forms.TypedChoiceField(
        label="采用级别", choices=Adoption.Level.choices, coerce=int, widget=forms.RadioSelect
    )
    outlet = forms.CharField(
        label="采用单位或刊物", max_length=100, help_text="如：市脱贫攻坚简报第12期。"
    )
    day = DayField(label="采用日期", help_text="刊发或批转的日期。")
    proof = EvidenceField(
        label="采用证明",
        required=True,
        most=1,
        help_text="刊物页面的照片、扫描件，或采用通知，一个文件。",
    )

    def facts(self) -> AdoptionFacts:
        values = self.cleaned_data
        return AdoptionFacts(values["level"], values["outlet"], values["day"], values["proof"])


class ReceiveForm(forms.Form):
    """The texts that were ticked, each with the version that the list showed: `12-3`."""

    chosen = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def clean_chosen(self) -> list[Seen]:
        codes = self.cleaned_data["chosen"] or []
        if not codes:
            raise forms.ValidationError("没有选中信息；请先勾选要接收的，再按“接收所选”。")
        if len(codes) > MOST_RECEIVED:
            raise forms.ValidationError(f"一次最多接收 {MOST_RECEIVED} 篇；请少选一些。")
        return [_seen(code) for code in codes]


def _seen(code: str) -> Seen:
    key, _, version = code.partition("-")
    if not (key.isascii() and key.isdigit() and version.isascii() and version.isdigit()):
        raise forms.ValidationError("选中的信息已经变化；请刷新列表，重新选择。")
    if max(len(key), len(version)) > 18:
        raise forms.ValidationError("选中的信息已经变化；请刷新列表，重新选择。")
    return Seen(int(key), int(version))
