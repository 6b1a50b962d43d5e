"""The monthly report's form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from kaohe.web.common.versions import VersionedForm
from kaohe.web.fieldwork.actions.reports import ReportFacts
from kaohe.web.fieldwork.forms.evidence import DroppedField, EvidenceField, offer_dropped
from kaohe.web.fieldwork.models import MonthlyReport
from kaohe.web.fieldwork.queries.postings import Service


class ReportForm(VersionedForm):
    """A month's report of one service; the month and the service are chosen before."""

    attachments = EvidenceField(label="附件")
    dropped = DroppedField()

    class Meta:
        model = MonthlyReport
        fields = ("progress", "problems", "emergencies")
        widgets = {
            "progress": forms.Textarea({"rows": 9}),
            "problems": forms.Textarea({"rows": 4}),
            "emergencies": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "progress": "这个月做了哪些工作，进展到哪一步。",
            "problems": "需要乡镇党委、派出单位知道或帮助解决的，没有可不填。",
            "emergencies": "没有可不填。",
        }

    field_order = ("progress", "problems", "emergencies", "dropped", "attachments")

    def __init__(self, data: Any, files: Any, *, service: Service, month: date, **kwargs: Any):
        super().__init__(data, files, **kwargs)
        self.service, self.month = service, month
        kept = self.instance.evidence.all() if self.instance.pk else ()
        offer_dropped(self, {one.pk: one.name for one in kept})

    def facts(self) -> ReportFacts:
        values = dict(self.cleaned_data)
        return ReportFacts(
            posting_id=self.service.posting.pk,
            person_id=self.service.person.pk,
            month=self.month,
            files=values.pop("attachments"),
            dropped=frozenset(values.pop("dropped", ())),
            **values,
        )

    def _shown(self, values: Any) -> dict[str, str]:
        # Files are told apart by no text; only what is typed differs.
        return super()._shown(values) | {"attachments": "", "dropped": ""}
