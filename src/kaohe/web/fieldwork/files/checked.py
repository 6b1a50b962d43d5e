"""A file as it may be stored: looked into and made harmless."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.files.exif import NOTHING, Told
from kaohe.web.fieldwork.files.names import clean_name
from kaohe.web.fieldwork.files.office import old_office_type, packed_office_type
from kaohe.web.fieldwork.files.pdf import TYPE as PDF
from kaohe.web.fieldwork.files.pdf import check_pdf
from kaohe.web.fieldwork.files.pictures import picture
from kaohe.web.fieldwork.files.sorts import HEAD, Sort, sort_of
from kaohe.web.fieldwork.files.unfit import Unfit

MEGABYTE = 1024 * 1024
LARGEST_IMAGE = 15 * MEGABYTE
LARGEST_OTHER = 20 * MEGABYTE
MOST = 9
"""Files of one form."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be stored. size and sha256 are of the bytes as received."""

    name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    content: File
    stored_sha256: str
    thumbnail: bytes = b""
    told: Told = NOTHING


def check_all(files: Sequence[UploadedFile | CheckedFile], most: int = MOST) -> list[CheckedFile]:
    """Each file looked into. Raises Refusal, naming the file, for the first that is not taken."""
    if len(files) > most:
        raise Refusal(f"一次最多传 {most} 个文件，这次有 {len(files)} 个；请分几次上传。")
    return [file if isinstance(file, CheckedFile) else check(file) for file in files]


def check(file: UploadedFile) -> CheckedFile:
    """Look into one file. Raises Refusal, naming it."""
    name = clean_name(file.name)
    try:
        return _checked(file, name)
    except Unfit as error:
        raise Refusal(f"“{name}”{error}。") from error


def _checked(file: UploadedFile, name: str) -> CheckedFile:
    file.seek(0)
    sort = sort_of(file.read(HEAD))
    size = file.size or 0
    most = LARGEST_IMAGE if sort.is_image else LARGEST_OTHER
    if size > most:
        told = math.ceil(10 * size / MEGABYTE) / 10
        raise Unfit(f"有 {told} MB，上限 {most // MEGABYTE} MB；请压缩后再传")
    sha256 = _sha256(file)
    file.seek(0)
    if sort.is_image:
        made = picture(file, sort)
        return CheckedFile(
            name=name,
            kind="image",
            media_type="image/jpeg",
            size=size,
            sha256=sha256,
            content=ContentFile(made.content),
            stored_sha256=hashlib.sha256(made.content).hexdigest(),
            thumbnail=made.thumbnail,
            told=made.told,
        )
    kind, media_type = _document(file, sort)
    return CheckedFile(name, kind, media_type, size, sha256, file, stored_sha256=sha256)


def _document(file: UploadedFile, sort: Sort) -> tuple[str, str]:
    if sort is Sort.PDF:
        check_pdf(file)
        return "pdf", PDF
    if sort is Sort.PACKED_OFFICE:
        return "office", packed_office_type(file)
    return "office", old_office_type(file.read())


def _sha256(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
