"""Rows of cells, from CSV or a sheet, become an Arrow table of texts with row numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kaohe.engine.tables.arrays import INTEGER, TEXT, integers, texts
from kaohe.engine.tables.problems import shown
from kaohe.engine.tables.reading.source import Cell, Reader, Source, place_columns
from kaohe.engine.tables.spec import Column
from kaohe.workbooks import column_letters

Row = tuple[int, Sequence[Any]]
"""A row's number as Excel shows it, and its cells."""

TextOf = Callable[[Any, Column, int, str], str]
"""A cell's text, given its column, row and header."""

_BATCH = 100_000


def load_grid(
    reader: Reader,
    rows: Iterable[Row],
    connection: duckdb.DuckDBPyConnection,
    *,
    path: Path | None = None,
    text_of: TextOf = lambda value, column, row, header: value,
) -> Source | None:
    """Register the rows as a relation of texts; None, with problems told, if they do not do.

    Whatever shifts cells out of place spoils the whole table: checking it would tell nonsense.
    The first row with something in it is the header. Rows with nothing in them are passed over;
    a row shorter than the header (Excel leaves trailing commas out) is empty there.
    """
    before = reader.report.total
    filled = (row for row in rows if any(not _blank(cell) for cell in row[1]))
    first = next(filled, None)
    if first is None:
        reader.problem("empty", "是空的，连标题行也没有")
        return None
    number, cells = first
    headers = [_header(cell) for cell in cells]
    places = place_columns(reader, headers, number)
    if places is None:
        return None
    columns = [column for column in reader.table.columns if column.code in places]
    schema = pa.schema([("_row", INTEGER), *((c.code, TEXT) for c in columns)])
    wanted = [(places[column.code], column) for column in columns]
    batches = list(_batches(reader, filled, schema, wanted, headers, text_of))
    if reader.report.total > before:
        return None
    table = pa.Table.from_batches(batches, schema)
    relation = f"_raw_{reader.table.name}"
    connection.register(relation, table)
    found = {c.code: Cell(c.code, headers[places[c.code]]) for c in columns}
    return Source(reader.table, reader.file, relation, found, table.num_rows, path)


def _batches(
    reader: Reader,
    rows: Iterator[Row],
    schema: Any,
    wanted: Sequence[tuple[int, Column]],
    headers: Sequence[str],
    text_of: TextOf,
) -> Iterator[Any]:
    named = {position for position, header in enumerate(headers) if header}
    numbers: list[int] = []
    columns: list[list[str]] = [[] for _ in wanted]
    width = next(p for p in range(len(named) + 1) if p not in named)
    for number, cells in rows:
        if len(cells) > width:
            _headless(reader, number, cells, named)
        numbers.append(number)
        for column_texts, (position, column) in zip(columns, wanted, strict=True):
            cell = cells[position] if position < len(cells) else ""
            column_texts.append(text_of(cell, column, number, headers[position]))
        if len(numbers) == _BATCH:
            yield _batch(numbers, columns, schema)
            numbers, columns = [], [[] for _ in wanted]
    if numbers:
        yield _batch(numbers, columns, schema)


def _batch(numbers: list[int], columns: list[list[str]], schema: Any) -> Any:
    arrays = [integers(numbers), *(texts(column) for column in columns)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _headless(reader: Reader, number: int, cells: Sequence[Any], named: set[int]) -> None:
    """Tell the first cell of a row that stands below no header."""
    for position, cell in enumerate(cells):
        if position not in named and not _blank(cell):
            letter = column_letters(position)
            message = (
                f"{letter} 列没有标题，却有内容「{shown(cell)}」："
                "请补上标题或删去；文字里有逗号的，要用英文引号括起来"
            )
            reader.problem("cell.headless", message, row=number, value=cell)
            return


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _header(cell: Any) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("\ufeff")
