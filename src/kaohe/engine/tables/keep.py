"""What a run keeps of its input: a copy in Parquet, and a fingerprint of the content."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from kaohe.engine.tables import sql
from kaohe.engine.tables.spec import Column, Table


def save(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[Table],
    folder: Path,
    as_kept: Mapping[str, Path],
) -> dict[str, str]:
    """Write each table that has rows as Parquet; sha256 by file name.

    A file in ``as_kept`` already is what would be written, and is copied.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, str] = {}
    for table in tables:
        target = folder / f"{table.name}.parquet"
        if table.name in as_kept:
            shutil.copyfile(as_kept[table.name], target)
        else:
            if not connection.execute(f"SELECT 1 FROM in_{table.name} LIMIT 1").fetchall():
                continue
            columns = ", ".join(_human(column) for column in table.columns)
            connection.execute(
                f"COPY (SELECT {columns} FROM in_{table.name}) "
                f"TO {sql.literal(str(target))} (FORMAT parquet, COMPRESSION zstd)"
            )
        written[target.name] = file_hash(target)
    return written


def _human(column: Column) -> str:
    cell = sql.name(column.code)
    if column.type == "hundredths":
        # DuckDB divides decimals as floats; its product of decimals is exact.
        exact = f"CAST({cell} AS DECIMAL(15, 0)) * CAST(0.01 AS DECIMAL(3, 2))"
        return f"CAST({exact} AS DECIMAL({9 if column.code == 'points' else 18}, 2)) AS {cell}"
    if column.type == "indicators":
        return f"array_to_string({cell}, ';') AS {cell}"
    return cell


def fingerprint(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> str:
    """sha256 over the content alone.

    A row is its canonical cells joined by the unit separator (valid cells hold no control
    characters but line breaks and tabs); the rows of a subject are sorted and hashed, then the
    subjects' hashes are. So neither row order, nor file format, nor the spelling of a value
    (``半年考核`` or ``half_year``, ``2.10`` or ``2.1``) makes a difference.
    """
    total = hashlib.sha256()
    for table in sorted(tables, key=lambda t: t.name):
        cells = ", chr(31), ".join(_canonical(column) for column in table.columns)
        query = (
            "SELECT sha256(array_to_string(list_sort(coalesce(list(digest), [])), '')) FROM ("
            "SELECT sha256(array_to_string(list_sort(list(line)), chr(30))) AS digest FROM ("
            f"SELECT subject_id, concat({cells}) AS line FROM in_{table.name}) GROUP BY subject_id)"
        )
        digest = connection.execute(query).fetchall()[0][0]
        codes = ",".join(column.code for column in table.columns)
        total.update(f"{table.name}({codes})={digest}\n".encode())
    return total.hexdigest()


def _canonical(column: Column) -> str:
    """The cell as text; an empty one is a character that no cell holds."""
    cell = sql.name(column.code)
    if column.type == "indicators":
        cell = f"array_to_string(list_sort({cell}), ';')"
    return f"coalesce(CAST({cell} AS VARCHAR), chr(29))"


def file_hash(path: Path) -> str:
    """sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
