"""One reading of an input: the scheme, what was read, and where problems go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from kaohe.engine.tables.problems import Problem, Report
from kaohe.engine.tables.reading import Found, Source
from kaohe.engine.tables.spec import TABLE_LABELS, Table
from kaohe.scheme.model import Round, Scheme


@dataclass(frozen=True, slots=True)
class Run:
    """``found`` has None for a table that is there but cannot be read: nothing rests on it."""

    scheme: Scheme
    tables: Mapping[str, Table]
    connection: duckdb.DuckDBPyConnection
    report: Report
    found: Found
    partial: bool = False

    def source(self, table: str) -> Source | None:
        return self.found.get(table)

    def spoilt(self, table: str) -> bool:
        """Whether the table is there, or ought to be, but cannot be read."""
        return table in self.found and self.found[table] is None

    def usable(self, table: str) -> bool:
        return self.source(table) is not None

    def file(self, table: str) -> str:
        source = self.source(table)
        return source.file if source else f"{TABLE_LABELS[table]}（{table}）"

    def header(self, table: str, code: str | None) -> str | None:
        source = self.source(table)
        return code if code is None or source is None else source.header(code)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return list(self.connection.execute(query).fetchall())

    def value(self, query: str) -> Any:
        return self.rows(query)[0][0]

    def round(self, ordinal: int) -> Round:
        return self.scheme.rounds[ordinal]

    def problem(
        self,
        table: str,
        kind: str,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        """Tell a problem; ``column`` is a column's code, told as the user's file calls it."""
        text = None if value is None else str(value)
        order = list(self.tables).index(table)
        header = self.header(table, column)
        self.report.add(Problem(self.file(table), row, header, text, message, kind, order))
