"""Forms about closing months."""

from __future__ import annotations

from django import forms

MOST = 300


class CloseForm(forms.Form):
    """Closing a month; while something of it is open the office ticks that it knows."""

    confirmed = forms.BooleanField(
        label="已看过上面没有办完的，仍然结账",
        error_messages={"required": "请先看上面还没有办完的，再勾选确认。"},
        help_text="没有办完的不计入这个月；结账以后要补，须先重开。",
    )

    def __init__(self, *args: object, anything_open: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not anything_open:
            del self.fields["confirmed"]


class ReopenForm(forms.Form):
    """Opening a closed month again."""

    reason = forms.CharField(
        label="重开理由",
        max_length=MOST,
        min_length=4,
        widget=forms.Textarea({"rows": 3}),
        help_text="写明要更正谁的哪一项、依据是什么；理由记入审计记录。",
    )
