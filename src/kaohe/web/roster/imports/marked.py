"""The uploaded workbook with its problems marked: red cells with notes, and a list of them all."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from kaohe.web.roster.imports.problems import Problem
from kaohe.web.roster.imports.reading import MOST_ROWS
from kaohe.workbooks import Sheet

LIST = "问题清单"
_HEADS = ("序号", "工作表", "格子", "列", "填的内容", "问题", "应填", "怎么改")
_WIDTHS = (6, 12, 10, 16, 24, 44, 32, 44)
_FIRST, _LAST = datetime(1900, 3, 1), datetime(9999, 12, 31)
# Excel takes no more in a note or a cell.
_NOTE, _CELL = 1_000, 32_767
_MOST_CELLS = 1_000_000
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def marked_workbook(sheets: Sequence[Sheet], problems: Sequence[Problem], *, total: int) -> bytes:
    """The workbook as bytes: values only, so nothing in it is a formula, whatever was uploaded.

    total: how many problems there are; only the first of them are kept and marked.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        marked = _Marked(book)
        marked.list(problems, total)
        room = _MOST_CELLS
        for name, sheet in _named(sheets):
            rows = sheet.rows[: min(MOST_ROWS, room // max(len(sheet.rows[0]), 1))]
            room -= sum(len(row) for row in rows)
            own = [one for one in problems if one.sheet == sheet.name.strip()]
            marked.sheet(name, rows, own)
    return out.getvalue()


class _Marked:
    def __init__(self, book: Any) -> None:
        self.book = book
        plain = {"num_format": "@"}
        day = {"num_format": "yyyy-mm-dd"}
        red = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1}
        self.plain = {kind: book.add_format(one) for kind, one in _kinds(plain, day)}
        self.red = {kind: book.add_format(one | red) for kind, one in _kinds(plain, day)}
        self.bold = book.add_format({"bold": True, "bg_color": "#F2F2F2", "bottom": 1})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})

    def list(self, problems: Sequence[Problem], total: int) -> None:
        sheet = self.book.add_worksheet(LIST)
        sheet.write_row(0, 0, _HEADS, self.bold)
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width)
        for number, one in enumerate(problems, start=1):
            texts = (one.sheet, one.cell, one.head, one.value, one.message, one.expected)
            sheet.write_number(number, 0, number)
            for place, text in enumerate((*texts, one.remedy), start=1):
                sheet.write_string(number, place, _text(text), self.wrap)
        if total > len(problems):
            rest = f"共 {total} 处，这里只列前 {len(problems)} 处；改好后再上传，会列出其余的。"
            sheet.write_string(len(problems) + 1, 1, rest)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(problems), 1), len(_HEADS) - 1)

    def sheet(self, name: str, rows: Sequence[Sequence[Any]], problems: Sequence[Problem]) -> None:
        sheet = self.book.add_worksheet(name)
        notes: dict[tuple[int, int], list[str]] = {}
        for one in problems:
            if one.row is not None and one.row < len(rows):
                text = f"{one.message}。{one.remedy}"
                notes.setdefault((one.row, one.column or 0), []).append(text)
        if rows:
            sheet.set_column(0, len(rows[0]) - 1, 16)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                formats = self.red if (number, place) in notes else self.plain
                _write(sheet, number, place, value, formats)
        for (number, place), texts in notes.items():
            note = _text("\n".join(texts))[:_NOTE]
            sheet.write_comment(number, place, note, {"x_scale": 2, "y_scale": 1.5})
        if problems:
            sheet.set_tab_color("#C00000")
        sheet.freeze_panes(1, 0)


def _kinds(plain: dict[str, Any], day: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [("text", plain), ("day", day), ("number", {})]


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats["number"])
    elif isinstance(value, (int, float)) and math.isfinite(value):
        sheet.write_number(row, column, value, formats["number"])
    elif isinstance(value, date) and _FIRST <= _moment(value) <= _LAST:
        sheet.write_datetime(row, column, _moment(value), formats["day"])
    elif value is None or value == "":
        # An empty cell that is missing something is red too.
        sheet.write_blank(row, column, None, formats["text"])
    else:
        sheet.write_string(row, column, _text(value), formats["text"])


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _text(value: object) -> str:
    """A text without the signs that no workbook can hold."""
    return "".join(sign for sign in str(value) if sign >= " " or sign in "\n\t")[:_CELL]


def _named(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Sheet]]:
    """Sheets under names that Excel takes; a hostile file may bear any."""
    used = {LIST.casefold()}
    for number, sheet in enumerate(sheets, start=1):
        if not sheet.rows:
            continue
        name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", sheet.name).strip("' ")[:31]
        if not name or name.casefold() in used or name.casefold() == "history":
            name = f"工作表{number}"
        used.add(name.casefold())
        yield name, sheet
