"""Reading: a folder, a workbook or tables in memory become one relation a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kaohe.engine.tables.problems import Problem, Report
from kaohe.engine.tables.reading.csv_file import read_csv
from kaohe.engine.tables.reading.grid import load_grid
from kaohe.engine.tables.reading.names import resolve
from kaohe.engine.tables.reading.parquet_file import read_arrow, read_parquet
from kaohe.engine.tables.reading.source import Reader, Source
from kaohe.engine.tables.reading.workbook import read_workbook
from kaohe.engine.tables.spec import Table

__all__ = ["Found", "Source", "read_memory", "read_path"]

Found = dict[str, Source | None]
"""Table to its source; None for one that is there but will not do; absent ones are left out."""

_READERS = {".csv": read_csv, ".parquet": read_parquet}


def holds_tables(folder: Path) -> bool:
    """Whether a folder has files that :func:`read_path` would read."""
    return any(path.suffix.lower() in _READERS for path in folder.iterdir())


def read_path(
    path: Path,
    tables: Mapping[str, Table],
    connection: duckdb.DuckDBPyConnection,
    report: Report,
    ambiguous: frozenset[str],
) -> Found:
    """Read a folder of CSV and Parquet files, or one .xlsx workbook."""
    if path.is_dir():
        return _read_folder(path, tables, connection, report)
    if not path.exists():
        message = "没有这个文件夹或文件"
    elif path.suffix.lower() == ".xlsx":
        return read_workbook(path, tables, connection, report, ambiguous)
    elif path.suffix.lower() in (".xls", ".et", ".xlsm", ".xlsb", ".ods"):
        message = f"不读 {path.suffix} 文件：请用 Excel 另存为 .xlsx"
    else:
        message = "应是放着 CSV 或 Parquet 文件的文件夹，或一个 .xlsx 工作簿"
    report.add(Problem(path.name or str(path), None, None, None, message, "file.unreadable"))
    return dict.fromkeys(tables)


def _read_folder(
    folder: Path,
    tables: Mapping[str, Table],
    connection: duckdb.DuckDBPyConnection,
    report: Report,
) -> Found:
    known = {text.casefold() for t in tables.values() for text in (t.name, t.label)}
    offered: dict[Path, str] = {}
    found: Found = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")):
            continue
        suffix = path.suffix.lower()
        if path.is_file() and suffix in _READERS:
            offered[path] = path.stem
        elif path.stem.strip().casefold() in known or suffix in (".xlsx", ".xls", ".et"):
            message = "文件夹里只读 CSV 和 Parquet 文件：请另存为 CSV UTF-8；或把工作簿单独交来"
            report.add(Problem(path.name, None, None, None, message, "file.type"))
            found.update({t.name: None for t in tables.values() if path.stem in (t.name, t.label)})
    files, broken = resolve(offered, tables, lambda path: path.name, report, what="文件")
    found.update(dict.fromkeys(broken))
    for table, path in files.items():
        reader = Reader(tables[table], path.name, list(tables).index(table), report)
        found[table] = _READERS[path.suffix.lower()](reader, path, connection)
    return found


def read_memory(
    given: Mapping[str, Any],
    tables: Mapping[str, Table],
    connection: duckdb.DuckDBPyConnection,
    report: Report,
) -> Found:
    """Take Arrow tables, or lists of rows with texts, as they are."""
    names = {name: name for name in given}
    chosen, broken = resolve(names, tables, lambda name: name, report, what="表")
    found: Found = dict.fromkeys(broken)
    for table, name in chosen.items():
        reader = Reader(tables[table], name, list(tables).index(table), report)
        data = given[name]
        if isinstance(data, pa.Table):
            found[table] = read_arrow(reader, data, connection)
        else:
            headers = list(dict.fromkeys(header for row in data for header in row))
            if not headers:
                headers = [column.code for column in tables[table].columns]
            rows = [headers, *([row.get(header) or "" for header in headers] for row in data)]
            found[table] = load_grid(reader, enumerate(rows, start=1), connection)
    return found
