"""Asked before opening: is it really a workbook, and will it unpack to a bearable size?"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from kaohe.workbooks.limits import MEGABYTE, Limits

DENSEST = 250
"""How many times its packed size a large part may unpack to; real sheets stay under 100."""
LARGEST_INDEX = 4 * MEGABYTE
"""Bytes of the parts that only say which sheets there are."""
_SMALL = 4 * MEGABYTE
_CHUNK = MEGABYTE
_HEAD = 2048


class NotAWorkbook(Exception):
    """Why a file cannot be read as a workbook, for the user."""


@contextmanager
def proved(file: IO[bytes], limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive of a workbook whose parts were unpacked once to see that they can be.

    Raises :class:`NotAWorkbook` for anything that is not a sound .xlsx of bearable size. Sizes
    are measured by unpacking, since the declared ones can lie.
    """
    _look_at_start(file)
    try:
        with zipfile.ZipFile(file) as archive:
            measure(archive, limits)
            if "xl/workbook.xml" not in archive.namelist():
                raise NotAWorkbook("不是 Excel 工作簿（.xlsx），请用 Excel 另存为 .xlsx")
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, ElementTree.ParseError, KeyError) as error:
        raise NotAWorkbook("文件已损坏（可能没有复制完），请重新导出或用 Excel 修复") from error
    except (OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NotAWorkbook(f"读不出来（{error}），请用 Excel 另存为 .xlsx") from error


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Each sheet's name and the path of its XML."""
    relations = {
        node.get("Id", ""): node.get("Target", "")
        for node in _xml(archive, "xl/_rels/workbook.xml.rels").iter()
    }
    parts = []
    for node in _xml(archive, "xl/workbook.xml").iter():
        if node.tag.rpartition("}")[2] == "sheet":
            key = next((v for k, v in node.attrib.items() if k.endswith("}id")), "")
            target = relations.get(key, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            parts.append((node.get("name", ""), part))
    return parts


def _look_at_start(file: IO[bytes]) -> None:
    start = file.read(512)
    file.seek(0)
    if not start:
        raise NotAWorkbook("是空文件")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotAWorkbook("是旧版 .xls 或设了打开密码的工作簿：请去掉密码，另存为 .xlsx")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise NotAWorkbook("其实是网页或 XML，只是改了扩展名：请用 Excel 打开后另存为 .xlsx")
    if not start.startswith(b"PK"):
        raise NotAWorkbook("不是 Excel 工作簿（.xlsx），只是改了扩展名：请用 Excel 另存为 .xlsx")


def measure(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack every part once, piece by piece, before any is read.

    Raises :class:`NotAWorkbook` for parts that lie about their size, or are too large or too dense
    together; what zipfile and zlib raise for broken ones comes through.
    """
    total = 0
    seen: set[str] = set()
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise NotAWorkbook("设了密码，请去掉密码后另存为 .xlsx")
        if info.filename in seen:
            raise NotAWorkbook("文件结构不正常（内部有同名部分），请用 Excel 另存为 .xlsx")
        seen.add(info.filename)
        dense = info.file_size > _SMALL and info.file_size > DENSEST * max(info.compress_size, 1)
        if dense or total + info.file_size > limits.unpacked:
            raise _too_large(limits)
        total += info.file_size
    # Only now, when the declared sizes are bearable, are they put to the proof.
    for info in archive.infolist():
        _prove(archive, info)
        if info.filename.endswith((".xml", ".rels")):
            _declares_no_entities(archive, info)


def _prove(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Unpack a part piece by piece; refuse it as soon as it exceeds what it declared."""
    if info.compress_type == zipfile.ZIP_STORED:
        if info.file_size != info.compress_size:
            raise NotAWorkbook("文件结构不正常（内部大小不符），请用 Excel 另存为 .xlsx")
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise NotAWorkbook("压缩方式不是 Excel 所用的，请用 Excel 另存为 .xlsx")
    raw = archive.fp
    assert raw is not None
    raw.seek(info.header_offset + 26)
    lengths = raw.read(4)
    if len(lengths) < 4:
        raise zipfile.BadZipFile
    skip = int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    raw.seek(skip, 1)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    size, left = 0, info.compress_size
    while left > 0 and not unpacker.eof:
        packed = raw.read(min(left, _CHUNK))
        if not packed:
            break
        left -= len(packed)
        while packed:
            size += len(unpacker.decompress(packed, _CHUNK))
            packed = unpacker.unconsumed_tail
            if size > info.file_size:
                raise NotAWorkbook(
                    "文件已损坏，或声明的大小不实，没有打开：请用 Excel 另存为 .xlsx"
                )
    if size != info.file_size:
        raise zipfile.BadZipFile


def _declares_no_entities(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with archive.open(info) as part:
        # Without the zero bytes it is the same text in UTF-16.
        head = part.read(_HEAD).replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise NotAWorkbook("文件结构不正常（内部有实体声明），没有打开")


def _too_large(limits: Limits) -> NotAWorkbook:
    return NotAWorkbook(
        f"解开后太大（上限 {limits.unpacked // MEGABYTE} MB）或压缩比不正常，没有打开："
        "请拆成几个文件"
    )


def _xml(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    if archive.getinfo(part).file_size > LARGEST_INDEX:
        raise NotAWorkbook("文件结构不正常（目录太大），没有打开")
    data = archive.read(part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotAWorkbook("文件结构不正常（内部有实体声明），没有打开")
    return ElementTree.fromstring(data)


def opened(source: Path | IO[bytes]) -> IO[bytes]:
    """A file to read from, at its start. Raises :class:`NotAWorkbook` when it cannot be opened."""
    if not isinstance(source, Path):
        source.seek(0)
        return source
    try:
        return source.open("rb")
    except OSError as error:
        raise NotAWorkbook(f"读不出来：{error.strerror or error}") from error
