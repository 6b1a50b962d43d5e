"""The form by which somebody confirms what another reported, or sends it back."""

from __future__ import annotations

from django import forms

from kaohe.web.common.versions import SeenForm


class DecideForm(SeenForm):
    """A decision, at the version of the report that was shown."""

    overtaken = "{who}刚刚改过这一份；请回到上一页看最新情况再处理。"
    accepted = forms.TypedChoiceField(
        label="处理",
        choices=[("yes", "确认"), ("no", "退回")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(
        label="意见",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="退回时必填：写清要改什么、补什么。",
    )
