"""The form that sends a workbook."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

from django import forms
from django.core.files.uploadedfile import UploadedFile

LARGEST = 10 * 1024 * 1024
_OLD = frozenset([".xls", ".et", ".xlsm", ".xlsb", ".ods", ".csv", ".wps"])


class UploadForm(forms.Form):
    """A workbook of at most 10 MB; what is in it is looked at later, by the worker."""

    file = forms.FileField(
        label="工作簿",
        help_text="扩展名是 .xlsx 的文件，不超过 10 MB。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "这个文件是空的。", "required": "请选择要导入的文件。"},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        suffix = PurePath(file.name or "").suffix.lower()
        if suffix in _OLD:
            raise forms.ValidationError(f"不能读 {suffix} 文件：请用 Excel 另存为 .xlsx 再上传。")
        if suffix != ".xlsx":
            raise forms.ValidationError("只接受 Excel 工作簿（.xlsx）。")
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                f"文件有 {(file.size or 0) / 1024 / 1024:.1f} MB，上限是 10 MB：请拆成几个文件。"
            )
        return file

    @property
    def filename(self) -> str:
        """The file's own name for display, without signs that turn or hide text."""
        name = str(self.cleaned_data["file"].name)
        return "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")[-200:]
