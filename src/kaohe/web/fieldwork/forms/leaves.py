"""Forms about leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from kaohe.web.common.versions import SeenForm
from kaohe.web.fieldwork.actions.leaves import LeaveApplication
from kaohe.web.fieldwork.forms.evidence import EvidenceField
from kaohe.web.fieldwork.models import Leave
from kaohe.web.fieldwork.queries.postings import Service
from kaohe.web.roster.forms.chosen import DayField


class LeaveForm(forms.Form):
    """An application; the paper is asked for except for official absence."""

    service = forms.ChoiceField(label="派驻村")
    kind = forms.ChoiceField(label="类别", choices=Leave.Kind.choices)
    first = DayField(label="起始日期")
    last = DayField(label="截止日期", help_text="不在村的最后一天。")
    reason = forms.CharField(label="事由", max_length=300, widget=forms.Textarea({"rows": 3}))
    papers = EvidenceField(
        label="书面申请",
        most=3,
        help_text="书面申请的照片或扫描件，最多 3 个文件；公务外出可以不附，有通知的附通知。",
    )

    def __init__(self, data: Any, files: Any, *, services: Sequence[Service], **kwargs: Any):
        super().__init__(data, files, **kwargs)
        self.services = {f"{one.posting.pk}-{one.person.pk}": one for one in services}
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (code, f"{one.posting.village.township}{one.posting.village}（{one.person}）")
            for code, one in self.services.items()
        ]
        if len(self.services) == 1:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(self.services))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        private = values.get("kind") not in {None, Leave.Kind.OFFICIAL}
        if private and "papers" in values and not values["papers"]:
            self.add_error("papers", "请假要有书面申请：拍下申请的照片，或选扫描件。")
        return values

    def application(self) -> LeaveApplication:
        values = self.cleaned_data
        service = self.services[values["service"]]
        return LeaveApplication(
            posting_id=service.posting.pk,
            person_id=service.person.pk,
            kind=values["kind"],
            first=values["first"],
            last=values["last"],
            reason=values["reason"],
            files=values["papers"],
        )


class LeaveStepForm(SeenForm):
    """A step of a leave's procedure."""

    overtaken = "{who}刚刚处理过这次请假；请回到请假页看最新情况。"


class DecideForm(LeaveStepForm):
    """A decision about an application."""

    approved = forms.TypedChoiceField(
        label="审批",
        choices=[("yes", "批准"), ("no", "不批准")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="审批意见",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="不批准时必填。",
    )


class ReturnForm(LeaveStepForm):
    """The return from a leave."""

    on = DayField(label="销假日期", help_text="回到村里的那一天，从这一天起又算在岗。")
