"""A look at the sheets' XML before it is parsed: how far they reach, what is no plain value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from kaohe.workbooks.archive import NotAWorkbook, sheet_parts
from kaohe.workbooks.limits import MEGABYTE, Limits
from kaohe.workbooks.places import column_letters, column_position

# A cell's attributes, whether a formula follows, and its number or the place of its shared text.
_CELL = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>(?=\s*<(?:\w+:)?(f)[\s/>])?"
    rb"(?:\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?(?:\s*<(?:\w+:)?v>([0-9]{1,9})</)?"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = MEGABYTE
_TAIL = 8192
_SHARED = "xl/sharedstrings.xml"

Places = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SheetSurvey:
    """Cells (row, column from 0) that hold a formula, or the error that a formula gave."""

    errors: Places = frozenset()
    formulas: Places = frozenset()


def survey(archive: zipfile.ZipFile, limits: Limits) -> dict[str, SheetSurvey]:
    """Sheet name to what was seen in it.

    Raises :class:`NotAWorkbook` for a sheet that reaches too far, or texts that multiply.
    """
    names = set(archive.namelist())
    lengths = _shared_lengths(archive)
    seen: dict[str, SheetSurvey] = {}
    text = 0
    for sheet, part in sheet_parts(archive):
        if sheet in seen:
            raise NotAWorkbook(f"有两个同名的工作表「{sheet}」，请改名或删去一个")
        if part not in names:
            continue
        seen[sheet], length = _survey_sheet(archive, part, sheet, lengths, limits)
        text += length
        if text > limits.text:
            raise NotAWorkbook(
                f"各格的文字加起来太多（上限 {limits.text // MEGABYTE} MB），没有打开："
                "请删去多余的内容"
            )
    return seen


def _survey_sheet(
    archive: zipfile.ZipFile, part: str, sheet: str, lengths: list[int], limits: Limits
) -> tuple[SheetSurvey, int]:
    errors: set[tuple[int, int]] = set()
    formulas: set[tuple[int, int]] = set()
    last_row = last_column = text = 0
    with archive.open(part) as file:
        for attributes, formula, number in _cells(file):
            place = _PLACE.search(attributes)
            if place is None or attributes.endswith(b"/"):
                continue
            row, column = int(place[2]) - 1, column_position(place[1])
            last_row, last_column = max(last_row, row), max(last_column, column)
            if b't="e"' in attributes:
                errors.add((row, column))
            if formula:
                formulas.add((row, column))
            if number and b't="s"' in attributes and int(number) < len(lengths):
                text += lengths[int(number)]
    if (last_row + 1) * (last_column + 1) > limits.cells:
        raise NotAWorkbook(
            f"工作表「{sheet}」一直用到第 {last_row + 1} 行、{column_letters(last_column)} 列："
            "请删去表格以外的行和列（选中后「删除」），再保存"
        )
    return SheetSurvey(frozenset(errors), frozenset(formulas)), text


def _cells(file: IO[bytes]) -> Iterator[tuple[bytes, bytes | None, bytes | None]]:
    """Every cell's parts, read piece by piece; what may go on in the next piece is kept for it."""
    kept = b""
    while True:
        piece = file.read(_CHUNK)
        data = kept + piece
        safe = len(data) - _TAIL if piece else len(data)
        end = 0
        for match in _CELL.finditer(data):
            if match.start() >= safe:
                break
            yield match[1], match[2], match[3]
            end = match.end()
        if not piece:
            return
        kept = data[max(end, safe, 0) :]


def _shared_lengths(archive: zipfile.ZipFile) -> list[int]:
    """The bytes of each shared text, markup included."""
    part = next((name for name in archive.namelist() if name.lower() == _SHARED), None)
    if part is None:
        return []
    lengths: list[int] = []
    begun = 0
    kept = b""
    with archive.open(part) as file:
        while piece := file.read(_CHUNK):
            *whole, kept = (kept + piece).split(b"</si>")
            for text in whole:
                lengths.append(begun + len(text))
                begun = 0
            # Only what may be a cut end tag is carried on.
            begun += max(len(kept) - 8, 0)
            kept = kept[-8:]
    return lengths
