"""Forms about questions: a look, one's own words, an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from kaohe.web.common.versions import VersionedForm
from kaohe.web.fieldwork.actions.questions import Answer
from kaohe.web.fieldwork.calendar import EARLIEST, LATEST
from kaohe.web.fieldwork.models import Concerned, Question


class LookForm(forms.Form):
    """Which month to look at."""

    month = forms.RegexField(
        label="月份",
        regex=r"^\d{4}-\d{2}$",
        widget=forms.TextInput({"type": "month"}),
        error_messages={"invalid": "月份写成 2016-05 这样。"},
    )

    def clean_month(self) -> date:
        text = self.cleaned_data["month"]
        try:
            month = date.fromisoformat(f"{text}-01")
        except ValueError:
            raise forms.ValidationError("没有这个月份；写成 2016-05 这样。") from None
        if not EARLIEST <= month.year <= LATEST:
            raise forms.ValidationError(f"年份应在 {EARLIEST} 和 {LATEST} 之间。")
        return month


class ExplainForm(VersionedForm):
    """What somebody says to a question about themselves."""

    class Meta:
        model = Concerned
        fields = ("explanation",)
        widgets = {"explanation": forms.Textarea({"rows": 6})}
        help_texts = {
            "explanation": "把当时的情况写清楚：在哪里、做什么、为什么会有这样的记录。"
            "核实的人要先看到您的说明。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explanation"].required = True


class AnswerForm(VersionedForm):
    """What looking into a question came to."""

    class Meta:
        model = Question
        fields = ("outcome", "answer", "heard")
        widgets = {
            "outcome": forms.RadioSelect,
            "answer": forms.Textarea({"rows": 6}),
        }
        help_texts = {
            "answer": "查了什么、怎样查的、结果如何。只写事实。",
            "heard": "有人还没有在这里写说明时必填，如：5月9日当面听取、电话联系。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = Question.Outcome.choices
        outcome.required = self.fields["answer"].required = True

    def facts(self) -> Answer:
        values = self.cleaned_data
        return Answer(outcome=values["outcome"], text=values["answer"], heard=values["heard"])
