"""Office files: sound, of bearable size once unpacked, and without macros."""

from __future__ import annotations

import re
import zipfile
from typing import IO

from kaohe.web.fieldwork.files.unfit import Unfit
from kaohe.workbooks.archive import NotAWorkbook, measure
from kaohe.workbooks.limits import MEGABYTE, Limits

_LIMITS = Limits(unpacked=200 * MEGABYTE)
# Bytes of the list of an archive's parts: read before it is known how many there are.
_LARGEST_LIST = 2 * MEGABYTE
_LARGEST_TYPES = MEGABYTE
_END, _END_SIZE = b"PK\x05\x06", 22
_OPEN = "application/vnd.openxmlformats-officedocument"
# The part that each type stands on, the type, and what the list of types must call that part.
_MAIN = (
    ("word/document.xml", f"{_OPEN}.wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OPEN}.spreadsheetml.sheet"),
    ("ppt/presentation.xml", f"{_OPEN}.presentationml.presentation"),
)
_MACRO_PARTS = re.compile(r"vbaproject|vbadata|macrosheets/|/activex/|customui/", re.IGNORECASE)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|vbaData|macrosheet|activeX", re.IGNORECASE)
# A template is fetched when the document opens, and may bring macros.
_REMOTE_TEMPLATE = re.compile(
    rb"<[^>]*attachedTemplate[^>]*Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|//|file:/+[^/:\"']+/)[^>]*>"
    rb"|<[^>]*Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|//)[^>]*attachedTemplate[^>]*>",
    re.IGNORECASE,
)
_BROKEN = "Office 文件已损坏或没有传完整；请用 Office 或 WPS 打开后另存再传"
_MACROS = "含有宏或控件；请另存为不带宏的 .docx、.xlsx、.pptx，或导出 PDF 后再传"
_NOT_OFFICE = "是压缩包，不是 .docx、.xlsx、.pptx；请解压后逐个上传"


def packed_office_type(file: IO[bytes]) -> str:
    """The media type of a .docx, .xlsx or .pptx. Raises Unfit for any other archive."""
    _ends_at_its_end(file)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" not in names:
                raise Unfit(_NOT_OFFICE)
            measure(archive, _LIMITS)
            return _type_without_macros(archive, names)
    except NotAWorkbook as error:
        raise Unfit(
            "Office 文件结构不正常、设了密码，或解开后太大，没有打开；"
            "请去掉密码另存，或导出 PDF 后再传"
        ) from error
    except Unfit:
        raise
    except Exception as error:  # zipfile raises some ten sorts for broken bytes
        raise Unfit(_BROKEN) from error


def _ends_at_its_end(file: IO[bytes]) -> None:
    """The archive is the whole file, and its list of parts is short enough to be read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE))
    end = file.read(_END_SIZE)
    file.seek(0)
    if not end.startswith(_END):
        raise Unfit(_BROKEN)
    listed = int.from_bytes(end[12:16], "little")
    start = int.from_bytes(end[16:20], "little")
    if listed > _LARGEST_LIST:
        raise Unfit("内部的部分太多；请导出 PDF 后再传")
    if start + listed != size - _END_SIZE:
        raise Unfit(_BROKEN)


def _type_without_macros(archive: zipfile.ZipFile, names: list[str]) -> str:
    if archive.getinfo("[Content_Types].xml").file_size > _LARGEST_TYPES:
        raise Unfit(_BROKEN)
    # Without the zero bytes it is the same text in UTF-16.
    types = archive.read("[Content_Types].xml").replace(b"\0", b"")
    if any(_MACRO_PARTS.search(name) for name in names) or _MACRO_TYPES.search(types):
        raise Unfit(_MACROS)
    if any(_fetches_template(archive, name) for name in names):
        raise Unfit("打开时会从网上下载模板；请另存为新文件，或导出 PDF 后再传")
    for part, media_type in _MAIN:
        if part in names and f"{media_type}.main+xml".encode() in types:
            return media_type
    raise Unfit(_NOT_OFFICE)


def _fetches_template(archive: zipfile.ZipFile, name: str) -> bool:
    if not name.endswith("settings.xml.rels"):
        return False
    if archive.getinfo(name).file_size > _LARGEST_TYPES:
        raise Unfit(_BROKEN)
    return _REMOTE_TEMPLATE.search(archive.read(name).replace(b"\0", b"")) is not None


# Files of Office before 2007: a file system of their own, whose entries lie at multiples of 128.
_ENTRY = 128
_OLD_MAIN = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
)


def old_office_type(content: bytes) -> str:
    """The media type of a .doc or .xls. Raises Unfit for any other file of that make."""
    if len(content) < 1536 or content[28:30] != b"\xfe\xff":
        raise Unfit(_BROKEN)
    if _holds(content, "EncryptedPackage"):
        raise Unfit("设了打开密码；请去掉密码后再传")
    if _holds(content, "_VBA_PROJECT") or _holds(content, "_VBA_PROJECT_CUR"):
        raise Unfit(_MACROS)
    for stream, media_type in _OLD_MAIN:
        if _holds(content, stream):
            return media_type
    raise Unfit("不是 .doc 或 .xls；请另存为 .docx、.xlsx、.pptx，或导出 PDF 后再传")


def _holds(content: bytes, stream: str) -> bool:
    """Whether one of the entries has that name, in any case."""
    text = stream.encode("utf-16-le") + b"\0\0"
    entry = re.compile(re.escape(text), re.IGNORECASE)
    return any(
        match.start() % _ENTRY == 0
        and content[match.start() + 64 : match.start() + 66] == len(text).to_bytes(2, "little")
        for match in entry.finditer(content)
    )
