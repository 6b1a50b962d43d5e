"""The form about a department's integrated funds."""

from __future__ import annotations

from typing import Any

from django import forms

from kaohe.web.common.actor import Reach
from kaohe.web.common.versions import VersionedForm
from kaohe.web.fieldwork.actions.funds import FundFacts
from kaohe.web.fieldwork.forms.evidence import EvidenceField
from kaohe.web.fieldwork.forms.projects import AmountField
from kaohe.web.fieldwork.models import FundIntegration
from kaohe.web.fieldwork.queries.projects import departments_for
from kaohe.web.roster.forms.chosen import DayField


class FundForm(VersionedForm):
    """A department's funds of one kind until a day; the department stays once it is reported."""

    day = DayField(label="截至日期")
    total = AmountField("应整合范围内总额", help_text="到截至日期为止，全年累计。")
    integrated = AmountField("已整合")
    attachments = EvidenceField(help_text="资金文件、整合方案、拨款凭证；没有佐证的不能确认。")

    class Meta:
        model = FundIntegration
        fields = ("unit", "kind", "total", "integrated", "text")
        widgets = {"text": forms.Textarea({"rows": 4}), "kind": forms.RadioSelect}
        help_texts = {"text": "整合到哪些项目，指挥部下达的任务完成得怎样。"}

    field_order = ("unit", "kind", "day", "total", "integrated", "text", "attachments")

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, kind = self.fields["unit"], self.fields["kind"]
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = FundIntegration.Kind.choices
        if self.instance.pk:
            del self.fields["unit"]
            self.initial["day"] = self.instance.day
            return
        unit.queryset = departments_for(reach)
        unit.empty_label = "请选择"
        if (only := list(unit.queryset[:2])) and len(only) == 1:
            unit.initial, unit.empty_label = only[0], None

    def facts(self) -> FundFacts:
        values = dict(self.cleaned_data)
        unit = values.pop("unit", None)
        return FundFacts(
            unit_id=unit.pk if unit else self.instance.unit_id,
            files=values.pop("attachments"),
            **values,
        )

    def _present(self) -> dict[str, Any]:
        return super()._present() | {"day": self.instance.day}

    def _shown(self, values: Any) -> dict[str, str]:
        # Files are told apart by no text; only what is typed differs.
        return super()._shown(values) | {"attachments": ""}
