"""A field for files that prove something, in any form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import FileInput

from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.files.checked import (
    LARGEST_IMAGE,
    LARGEST_OTHER,
    MEGABYTE,
    MOST,
    CheckedFile,
    check_all,
)

IMAGES = "image/jpeg,image/png,image/webp"
DOCUMENTS = ".pdf,.doc,.docx,.xls,.xlsx,.pptx,.wps,.et"
ALL = f"{IMAGES},{DOCUMENTS}"


class EvidenceInput(FileInput):
    """Files, and on the phone the camera; shows names and sizes before sending."""

    template_name = "fieldwork/parts/evidence_input.html"
    allow_multiple_selected = True

    def __init__(self, *, accept: str, most: int, capture: bool) -> None:
        super().__init__(attrs={"accept": accept, "multiple": most > 1})
        self.most = most
        self.capture = capture

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "most": self.most,
            "camera": IMAGES if self.capture else "",
            "largest_image": LARGEST_IMAGE,
            "largest_other": LARGEST_OTHER,
        }
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[UploadedFile]:
        """All files of that name: those chosen and those that the camera took."""
        if hasattr(files, "getlist"):
            return list(files.getlist(name))
        return [files[name]] if files.get(name) else []

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        return name not in files


class EvidenceField(forms.Field):
    """Up to `most` files; its value is a list for `actions.evidence.store`.

    The files are looked into here, before a transaction begins, since pictures take a while.
    """

    widget: EvidenceInput

    def __init__(
        self,
        *,
        required: bool = False,
        label: str = "佐证材料",
        accept: str = ALL,
        capture: bool = True,
        most: int = MOST,
        help_text: str = "",
    ) -> None:
        self.most = most
        super().__init__(
            required=required,
            label=label,
            widget=EvidenceInput(accept=accept, most=most, capture=capture),
            help_text=help_text or _help(accept, most),
            error_messages={"required": "请至少选一个文件，或拍一张照片。"},
        )
        self.accept = accept

    def to_python(self, value: Any) -> list[CheckedFile]:
        try:
            files = check_all(value or [], self.most)
        except Refusal as refusal:
            raise ValidationError(refusal.message) from refusal
        for file in files:
            if self.accept == IMAGES and file.kind != "image":
                raise ValidationError(f"“{file.name}”不是照片；这里只收照片（JPG、PNG、WebP）。")
        return files

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class DroppedField(forms.TypedMultipleChoiceField):
    """Files that are kept, to be ticked away; its value: their keys."""

    def __init__(self, what: str = "附件") -> None:
        super().__init__(
            label=f"要去掉的{what}",
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


def offer_dropped(form: forms.BaseForm, names: Mapping[int, str]) -> None:
    """Name the kept files in the form's field `dropped`; without any, it is not asked for."""
    field = form.fields["dropped"]
    assert isinstance(field, DroppedField)
    field.choices = list(names.items())
    if not names:
        del form.fields["dropped"]


def _help(accept: str, most: int) -> str:
    sorts = "照片" if accept == IMAGES else "照片、PDF、Office 文件"
    size = f"照片每张 {LARGEST_IMAGE // MEGABYTE} MB 以内"
    if accept != IMAGES:
        size += f"，其他每个 {LARGEST_OTHER // MEGABYTE} MB 以内"
    return f"可传{sorts}，最多 {most} 个，{size}。" if most > 1 else f"可传{sorts}，{size}。"
