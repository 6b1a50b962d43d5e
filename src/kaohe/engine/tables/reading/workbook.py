"""Excel workbooks (.xlsx): sheets become tables of texts, whatever Excel made of the cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from kaohe.engine.tables.problems import Problem, Report
from kaohe.engine.tables.reading.grid import TextOf, load_grid
from kaohe.engine.tables.reading.names import resolve
from kaohe.engine.tables.reading.source import Reader, Source
from kaohe.engine.tables.spec import Column, Table
from kaohe.workbooks import Book, NotAWorkbook, cell_name, open_book

ASIDE = ("说明", "示例", "选项", "对照")
"""Sheets of the template that are for people and hold no data."""

_EXACT = 10**15
"""Excel keeps 15 digits; the rest of a longer number is lost."""
_SPELT = 10**21
"""Whole numbers below are told with all their digits."""


def read_workbook(
    path: Path,
    tables: Mapping[str, Table],
    connection: duckdb.DuckDBPyConnection,
    report: Report,
    ambiguous: frozenset[str] = frozenset(),
) -> dict[str, Source | None]:
    """Every sheet that bears a table's name or label; a table whose sheet will not do is None.

    ``ambiguous`` are indicator codes such as ``1.1`` that, as a number, could be ``1.10`` too.
    """
    try:
        with open_book(path) as book:
            return _read_sheets(book, path, tables, connection, report, ambiguous)
    except NotAWorkbook as reason:
        report.add(Problem(path.name, None, None, None, str(reason), "file.unreadable"))
        return dict.fromkeys(tables)


def _read_sheets(
    book: Book,
    path: Path,
    tables: Mapping[str, Table],
    connection: duckdb.DuckDBPyConnection,
    report: Report,
    ambiguous: frozenset[str],
) -> dict[str, Source | None]:
    used = {
        name: name for name in book.names if name.strip() not in ASIDE and not book.is_blank(name)
    }
    sheets, broken = resolve(
        used, tables, lambda name: f"{path.name}「{name}」", report, what="工作表"
    )
    found: dict[str, Source | None] = dict.fromkeys(broken)
    for table, sheet in sheets.items():
        order = list(tables).index(table)
        reader = Reader(tables[table], f"{path.name}「{sheet}」", order, report)
        found[table] = _read_sheet(reader, book, sheet, path, connection, ambiguous)
    return found


def _read_sheet(
    reader: Reader,
    book: Book,
    name: str,
    path: Path,
    connection: duckdb.DuckDBPyConnection,
    ambiguous: frozenset[str],
) -> Source | None:
    try:
        sheet = book.sheet(name)
    except NotAWorkbook as reason:
        reader.problem("file.unreadable", f"工作表{reason}")
        return None
    for (top, left), (bottom, right) in sheet.merged:
        area = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
        message = f"{area} 是合并单元格，看不出每格填什么：请取消合并，逐格填写"
        reader.problem("sheet.merged", message, row=top + 1, value=area)
    if sheet.merged:
        return None
    rows = enumerate(sheet.rows, start=1)
    return load_grid(reader, rows, connection, path=path, text_of=_text_of(reader, ambiguous))


def _text_of(reader: Reader, ambiguous: frozenset[str]) -> TextOf:
    def text_of(value: Any, column: Column, row: int, header: str) -> str:
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        convert = _CONVERT.get(type(value))
        text = convert(value, column) if convert else str(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            reason = _lossy(value, text, column, ambiguous)
            if reason:
                message = f"{text} {reason}"
                reader.problem("cell.lossy", message, row=row, column=header, value=text)
        return text

    return text_of


def _lossy(value: float, text: str, column: Column, ambiguous: frozenset[str]) -> str | None:
    """Why a number in a column of codes can no longer be trusted."""
    if column.type in ("id", "text", "note") and abs(value) >= _EXACT:
        return "超过 15 位，Excel 已把末尾几位变成 0：请把这一列设为文本格式后重新填写"
    if column.type == "indicator" and text in ambiguous:
        return f"是数字格式，分不清是 {text} 还是 {text}0：请把这一列设为文本格式后重新填写"
    return None


def _number(value: float, column: Column) -> str:
    """The shortest text that is the same number: 71.3, and 12 rather than 12.0."""
    return str(int(value)) if abs(value) < _SPELT and value == int(value) else repr(value)


def _flag(value: bool, column: Column) -> str:
    if column.type == "flag":
        return "1" if value else "0"
    return "TRUE" if value else "FALSE"


def _date(value: dt.date, column: Column) -> str:
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return value.isoformat(" ")
    if column.type == "period" and value.day == 1:
        # What Excel makes of a typed 2016-03.
        return f"{value.year:04d}-{value.month:02d}"
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"


_CONVERT: dict[type, Callable[[Any, Column], str]] = {
    float: _number,
    int: _number,
    bool: _flag,
    dt.date: _date,
    dt.datetime: _date,
}
