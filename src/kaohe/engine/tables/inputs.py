"""The door to input tables: read, check, and hand over typed relations, or tell every problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from kaohe.engine.tables.checks import check_tables
from kaohe.engine.tables.checks.sheets import publish_due
from kaohe.engine.tables.keep import fingerprint, save
from kaohe.engine.tables.load import load_cells, load_known, load_subjects
from kaohe.engine.tables.problems import Report
from kaohe.engine.tables.publish import notice_members, publish
from kaohe.engine.tables.reading import Found, read_memory, read_path
from kaohe.engine.tables.run import Run
from kaohe.engine.tables.spec import Table, tables_of
from kaohe.engine.tables.vocabulary import ambiguous_codes, register_vocabulary
from kaohe.scheme.model import Scheme


@dataclass(frozen=True)
class Inputs:
    """A checked input: ``connection`` holds ``in_subjects`` … ``in_facts``.

    ``notices`` say what a person should know though it is no problem; ``files`` are the files read.
    """

    connection: duckdb.DuckDBPyConnection
    tables: Mapping[str, Table]
    notices: list[str] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    as_kept: dict[str, Path] = field(default_factory=dict)

    def rows(self, table: str) -> int:
        """How many rows the table has; 0 if it is absent."""
        return int(self.connection.execute(f"SELECT count(*) FROM in_{table}").fetchall()[0][0])

    def save(self, folder: Path) -> dict[str, str]:
        """Write the run's own copy, ``subjects.parquet`` and so on; sha256 by file name.

        In the units that people read (points as decimals), and readable as an input again. Tables
        without rows are left out.
        """
        return save(self.connection, list(self.tables.values()), folder, self.as_kept)

    def fingerprint(self) -> str:
        """sha256 of the content: the same for the same rows in any order and any file format."""
        return fingerprint(self.connection, list(self.tables.values()))


def open_inputs(
    scheme: Scheme,
    path: Path | str,
    *,
    connection: duckdb.DuckDBPyConnection,
    partial: bool = False,
) -> Inputs:
    """Read a folder of CSV or Parquet files, or an .xlsx workbook, for ``scheme``.

    With ``partial`` (a trial in mid-year) wholly missing score sheets and ballots are notices.

    Raises :class:`InputError` with all problems; nothing named ``in_…`` is made then.
    """
    run = _run(scheme, connection, partial)
    path = Path(path)
    run.found.update(read_path(path, run.tables, connection, run.report, ambiguous_codes(scheme)))
    return _open(run)


def inputs_from_tables(
    scheme: Scheme,
    tables: Mapping[str, Any],
    *,
    connection: duckdb.DuckDBPyConnection,
    partial: bool = False,
) -> Inputs:
    """The same for tables in memory, by table name: Arrow tables, or lists of rows of texts.

    Problems name the table as the file; the first row is row 2, as in a file with a header.
    """
    run = _run(scheme, connection, partial)
    run.found.update(read_memory(tables, run.tables, connection, run.report))
    return _open(run)


def _run(scheme: Scheme, connection: duckdb.DuckDBPyConnection, partial: bool) -> Run:
    found: Found = {}
    return Run(scheme, tables_of(scheme), connection, Report(), found, partial)


def _open(run: Run) -> Inputs:
    _require(run)
    register_vocabulary(run)
    try:
        load_cells(run)
        load_subjects(run)
        load_known(run)
        check_tables(run)
        run.report.raise_if_any()
        notice_members(run)
        publish(run)
        if run.usable("facts") or any(
            leaf.conditional for kind in run.scheme.kinds for leaf in kind.leaves()
        ):
            publish_due(run)
    finally:
        _tidy_up(run)
    sources = {name: source for name, source in run.found.items() if source is not None}
    verbatim = not run.value("SELECT count(*) FROM _cells_scores WHERE round <> round_text")
    return Inputs(
        run.connection,
        run.tables,
        list(run.report.notices),
        {name: source.path for name, source in sources.items() if source.path is not None},
        {name: s.path for name, s in sources.items() if s.path and s.as_kept and verbatim},
    )


def _require(run: Run) -> None:
    """Tell required tables that are absent or without rows; facts can stand in for scores."""
    facts = run.source("facts")
    unreadable = bool(run.report.total) and not any(run.found.values())
    for table in run.tables.values():
        source = run.source(table.name)
        if not table.required or (table.name == "scores" and facts is not None and facts.rows):
            continue
        if table.name not in run.found:
            if not unreadable:
                message = (
                    f"缺少「{table.label}」表：文件（或工作表）应叫 {table.name} 或 {table.label}"
                )
                run.problem(table.name, "table.missing", message)
            run.found[table.name] = None
        elif source is not None and source.rows == 0 and not run.partial:
            run.problem(table.name, "table.empty", "只有标题行，没有数据")
            run.found[table.name] = None


def _tidy_up(run: Run) -> None:
    """Drop what only checking needed."""
    for relation in ("_items", "_facts"):
        run.connection.unregister(relation)
    for relation in _WORKING:
        run.connection.execute(f"DROP TABLE IF EXISTS {relation}")


_WORKING = (
    "_leaves",
    "_subjects",
    "_sheets",
    "_due",
    "_covered",
    "_missing",
    "_unresolved",
    "_known_scores",
)
