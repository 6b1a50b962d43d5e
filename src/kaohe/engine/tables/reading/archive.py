"""Asked before opening: is it really a workbook, and will it unpack to a bearable size?"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from kaohe.engine.tables.reading.grid import column_letters

LARGEST = 512 * 1024 * 1024
"""Bytes that a workbook may unpack to."""
DENSEST = 250
"""How many times its packed size a large part may unpack to; real sheets stay under 100."""
WIDEST = 20_000_000
"""Cells of the rectangle that a sheet's cells span."""
_SMALL = 4 * 1024 * 1024
_CHUNK = 1024 * 1024
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_TAIL = 4096


class NotAWorkbook(Exception):
    """Why a file cannot be read as a workbook, for the user."""


@dataclass(frozen=True, slots=True)
class SheetSurvey:
    """What a look at a sheet's XML tells: which cells (row, column from 0) hold a formula error."""

    errors: frozenset[tuple[int, int]]


def survey(path: Path) -> dict[str, SheetSurvey]:
    """Look through a workbook without opening it; sheet name to what was seen.

    Raises :class:`NotAWorkbook` for anything that is not a sound .xlsx of bearable size. Sizes
    are measured by unpacking, since the declared ones can lie.
    """
    _look_at_start(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _measure(archive)
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                raise NotAWorkbook("不是 Excel 工作簿（.xlsx），请用 Excel 另存为 .xlsx")
            return {
                sheet: _survey_sheet(archive, part, sheet)
                for sheet, part in _sheets(archive)
                if part in names
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, ElementTree.ParseError, KeyError) as error:
        raise NotAWorkbook("文件已损坏（可能没有复制完），请重新导出或用 Excel 修复") from error
    except (OSError, NotImplementedError, RuntimeError) as error:
        raise NotAWorkbook(f"读不出来（{error}），请用 Excel 另存为 .xlsx") from error


def _look_at_start(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        raise NotAWorkbook(f"读不出来：{error.strerror or error}") from error
    if not start:
        raise NotAWorkbook("是空文件")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotAWorkbook("是旧版 .xls 或设了打开密码的工作簿：请去掉密码，另存为 .xlsx")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise NotAWorkbook("其实是网页或 XML，只是改了扩展名：请用 Excel 打开后另存为 .xlsx")
    if not start.startswith(b"PK"):
        raise NotAWorkbook("不是 Excel 工作簿（.xlsx），只是改了扩展名：请用 Excel 另存为 .xlsx")


def _measure(archive: zipfile.ZipFile) -> None:
    total = 0
    seen: set[str] = set()
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise NotAWorkbook("设了密码，请去掉密码后另存为 .xlsx")
        if info.filename in seen:
            raise NotAWorkbook("文件结构不正常（内部有同名部分），请用 Excel 另存为 .xlsx")
        seen.add(info.filename)
        dense = info.file_size > _SMALL and info.file_size > DENSEST * max(info.compress_size, 1)
        if dense or total + info.file_size > LARGEST:
            raise _too_large()
        total += info.file_size
    # Only now, when the declared sizes are bearable, are they put to the proof.
    for info in archive.infolist():
        _prove(archive, info)


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


def _too_large() -> NotAWorkbook:
    return NotAWorkbook(
        f"解开后太大（上限 {LARGEST // 1024 // 1024} MB）或压缩比不正常，没有打开：请拆成几个文件"
    )


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the path of its XML."""
    relations = {
        node.get("Id", ""): node.get("Target", "")
        for node in _xml(archive, "xl/_rels/workbook.xml.rels").iter()
    }
    for node in _xml(archive, "xl/workbook.xml").iter():
        if node.tag.rpartition("}")[2] == "sheet":
            key = next((v for k, v in node.attrib.items() if k.endswith("}id")), "")
            target = relations.get(key, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            yield node.get("name", ""), part


def _xml(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    data = archive.read(part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotAWorkbook("文件结构不正常（内部有实体声明），没有打开")
    return ElementTree.fromstring(data)


def _survey_sheet(archive: zipfile.ZipFile, part: str, sheet: str) -> SheetSurvey:
    errors: set[tuple[int, int]] = set()
    last_row = last_column = 0
    with archive.open(part) as file:
        for attributes in _cells(file):
            place = _PLACE.search(attributes)
            if place is None:
                continue
            row, column = int(place[2]) - 1, _position(place[1])
            last_row, last_column = max(last_row, row), max(last_column, column)
            if b't="e"' in attributes:
                errors.add((row, column))
    if (last_row + 1) * (last_column + 1) > WIDEST:
        raise NotAWorkbook(
            f"工作表「{sheet}」一直用到第 {last_row + 1} 行、{column_letters(last_column)} 列："
            "请删去表格以外的行和列（选中后「删除」），再保存"
        )
    return SheetSurvey(frozenset(errors))


def _cells(file: IO[bytes]) -> Iterator[bytes]:
    """The attributes of every cell's tag, read piece by piece."""
    kept = b""
    while piece := file.read(_CHUNK):
        data = kept + piece
        end = 0
        for match in _CELL.finditer(data):
            yield match[1]
            end = match.end()
        kept = data[max(end, len(data) - _TAIL) :]


def _position(letters: bytes) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1
