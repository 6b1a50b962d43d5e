"""Forms of the audit pages."""

from __future__ import annotations

from django import forms

from kaohe.web.common.audit.heads import heads_in


class DayForm(forms.Form):
    """The day whose head is shown."""

    day = forms.DateField(
        label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class CheckForm(forms.Form):
    """Heads from outside, to be compared."""

    heads = forms.CharField(
        label="外部末值",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="可不填。把打印页上的那一行照抄，或扫二维码粘贴；几天的可以一起填。"
        "空格和换行不影响。",
    )

    def clean_heads(self) -> str:
        text: str = self.cleaned_data["heads"]
        if text.strip():
            try:
                heads_in(text)
            except ValueError as error:
                raise forms.ValidationError(str(error)) from error
        return text
