"""Parquet files and Arrow tables stay columns: their rows never become Python objects."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

from kaohe.engine.tables import sql
from kaohe.engine.tables.arrays import integers
from kaohe.engine.tables.reading.source import Cell, Reader, Source, place_columns


def read_parquet(
    reader: Reader, path: Path, connection: duckdb.DuckDBPyConnection
) -> Source | None:
    """A view on a Parquet file; ``_row`` is its row number + 2, as if a header were row 1."""
    relation = f"_raw_{reader.table.name}"
    # DuckDB takes a path for a pattern; a bracket around * ? [ makes them plain characters.
    plain = re.sub(r"([*?\[])", r"[\1]", str(path.resolve()))
    scan = f"read_parquet({sql.literal(plain)}, file_row_number = true)"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
        columns = {row[0]: row[1] for row in described if row[0] != "file_row_number"}
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {relation} AS "
            f"SELECT * EXCLUDE (file_row_number), file_row_number + 2 AS _row FROM {scan}"
        )
        rows = _count(connection, relation)
    except duckdb.Error:
        reader.problem(
            "file.unreadable",
            "不是完好的 Parquet 文件：可能没有复制完，或只是改了扩展名，请重新导出",
        )
        return None
    return _source(reader, relation, columns, rows, path=path, parquet=True)


def read_arrow(reader: Reader, table: Any, connection: duckdb.DuckDBPyConnection) -> Source | None:
    """Register an Arrow table; ``_row`` is the position + 2, as if a header were row 1."""
    relation = f"_raw_{reader.table.name}"
    numbered = table.append_column("_row", integers(range(2, table.num_rows + 2)))
    connection.register(relation, numbered)
    described = connection.execute(f"DESCRIBE {relation}").fetchall()
    columns = {row[0]: row[1] for row in described if row[0] != "_row"}
    return _source(reader, relation, columns, table.num_rows)


def _source(
    reader: Reader,
    relation: str,
    columns: dict[str, str],
    rows: int,
    *,
    path: Path | None = None,
    parquet: bool = False,
) -> Source | None:
    names = list(columns)
    places = place_columns(reader, [name.strip() for name in names])
    if places is None:
        return None
    cells = {
        code: Cell(names[p], names[p].strip(), columns[names[p]]) for code, p in places.items()
    }
    fine = True
    for code, cell in cells.items():
        expected = _refused(reader, code, cell.kind)
        if expected:
            message = f"这一列的类型是 {cell.kind}，{expected}"
            reader.problem("column.type", message, column=cell.header, value=cell.kind)
            fine = False
    if not fine:
        return None
    return Source(reader.table, reader.file, relation, cells, rows, path, parquet)


def _refused(reader: Reader, code: str, kind: str) -> str | None:
    """What is expected instead of a column of this type; None if it will do."""
    if not sql.readable(kind):
        return "应是文本、整数、小数或日期"
    inexact = kind.split("(")[0] in ("DOUBLE", "FLOAT", "DECIMAL")
    if inexact and reader.table.column(code).type in ("id", "indicator", "indicators", "period"):
        return "应是文本：编号存成小数会丢掉末尾的 0"
    return None


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0])
