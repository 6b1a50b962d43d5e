"""A step of a procedure, at the version that was shown."""

from __future__ import annotations

from django import forms

from kaohe.web.common.errors import Conflict


class SeenForm(forms.Form):
    """Knows the version of the row that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @property
    def seen(self) -> int:
        version: int = self.cleaned_data["version"]
        return version

    def differ(self, conflict: Conflict) -> None:
        """Somebody else took a step meanwhile: there is nothing to choose from, only to look at.

        What was typed stays in the form.
        """
        self.add_error(
            None, f"{conflict.who}刚刚处理过；您填的还在下面，请先看最新情况，再决定是否提交。"
        )
