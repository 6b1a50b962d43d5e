"""Forms about plans: the subjects to visit, the draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from kaohe.web.supervision.actions.draws import DrawFacts
from kaohe.web.supervision.models import Draw, InspectionPlan
from kaohe.web.supervision.queries.subjects import Candidate

MOST = 200


class ChooseForm(forms.Form):
    """Ticks beside the subjects that are not in the plan yet, or all of them at once."""

    subjects = forms.MultipleChoiceField(
        label="检查对象", required=False, widget=forms.CheckboxSelectMultiple
    )
    everybody = forms.BooleanField(label="全部列入", required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.free = [one.subject for one in candidates if not one.chosen]
        field = self.fields["subjects"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.key, one.who) for one in self.free]

    def keys(self) -> list[str]:
        if self.cleaned_data["everybody"]:
            return [one.key for one in self.free]
        keys: list[str] = self.cleaned_data["subjects"]
        return keys


class DrawForm(forms.Form):
    """What is announced before a draw."""

    text = forms.CharField(
        label="种子文字",
        max_length=60,
        help_text="例如当天开奖号码或一句话；公布以后不能改。不用冒号。",
        validators=[RegexValidator(r"^[^:\s]+$", "种子文字里不用冒号和空格。")],
    )
    number = forms.IntegerField(label="抽几个村", min_value=1, max_value=MOST)
    each = forms.ChoiceField(
        label="范围",
        choices=[(Draw.Each.COUNTY, "全县一共抽这么多"), (Draw.Each.TOWNSHIP, "每个乡镇抽这么多")],
        initial=Draw.Each.COUNTY,
        widget=forms.RadioSelect,
    )
    fresh_first = forms.BooleanField(label="先抽今年没有查过的村", required=False, initial=True)
    poor_only = forms.BooleanField(label="只抽贫困村", required=False, initial=True)
    reason = forms.CharField(
        label="重抽理由", max_length=300, widget=forms.Textarea({"rows": 2}), required=False
    )

    def __init__(self, data: Any, *, plan: InspectionPlan, again: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if again:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = "原来的抽签和结果一并保留，理由记录在案。"
        else:
            del self.fields["reason"]

    def facts(self) -> DrawFacts:
        values = self.cleaned_data
        return DrawFacts(
            text=values["text"],
            number=values["number"],
            each_township=values["each"] == Draw.Each.TOWNSHIP,
            fresh_first=values["fresh_first"],
            poor_only=values["poor_only"],
            reason=values.get("reason", ""),
        )
