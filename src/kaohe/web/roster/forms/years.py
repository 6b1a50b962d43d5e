"""Forms about work-years."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kaohe.scheme import read_scheme
from kaohe.scheme.shipped import shipped_names
from kaohe.web.common.versions import VersionedForm
from kaohe.web.roster.actions.years import SchemeText
from kaohe.web.roster.models import WorkYear

LARGEST_KB = 1024


class SchemeForm(VersionedForm):
    """Which regulation a year runs on: one that comes along, or the county's own file."""

    shipped = forms.ChoiceField(
        label="随程序带来的办法", required=False, help_text="用自己的文件时不选。"
    )
    file = forms.FileField(
        label="办法文件",
        required=False,
        help_text=f"YAML 文件，UTF-8 编码，不超过 {LARGEST_KB} KB；有错时按行和条款列出。",
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )

    class Meta:
        model = WorkYear
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shipped = self.fields["shipped"]
        assert isinstance(shipped, forms.ChoiceField)
        shipped.choices = [("", "不用"), *((name, name) for name in shipped_names())]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if "file" in values and bool(values.get("shipped")) == bool(values["file"]):
            self.add_error("file", "请选一个随程序带来的办法，或上传自己的办法文件，二选一。")
        return values

    def clean_file(self) -> SchemeText | None:
        upload = self.cleaned_data["file"]
        if upload is None:
            return None
        if upload.size > LARGEST_KB * 1024:
            raise ValidationError(f"文件超过 {LARGEST_KB} KB，不像是考核办法。")
        try:
            return SchemeText(upload.read().decode("utf-8-sig"), str(upload.name)[:100])
        except UnicodeDecodeError:
            raise ValidationError("文件不是 UTF-8 编码；请用编辑器另存为 UTF-8。") from None

    def regulation(self) -> SchemeText:
        own: SchemeText | None = self.cleaned_data["file"]
        return own or SchemeText(*read_scheme(self.cleaned_data["shipped"]))


class YearForm(SchemeForm):
    """A year that is not there yet."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)

    class Meta(SchemeForm.Meta):
        fields = ("year",)  # type: ignore[assignment]

    field_order = ("year", "shipped", "file")


class OpenForm(VersionedForm):
    """The tick that what is still missing is known."""

    confirmed = forms.BooleanField(label="上面的提醒都已核对，仍要开启", required=False)

    class Meta:
        model = WorkYear
        fields = ()


class CloseForm(VersionedForm):
    """Nothing but the version of the year that is to be closed."""

    class Meta:
        model = WorkYear
        fields = ()
