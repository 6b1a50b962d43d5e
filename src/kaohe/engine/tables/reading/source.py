"""What reading yields: one relation a table, with the place of each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaohe.engine.tables.problems import Problem, Report, shown
from kaohe.engine.tables.spec import Table
from kaohe.scheme.formula.nearest import nearest


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a relation: its name there, its header as written, its DuckDB type."""

    name: str
    header: str
    kind: str = "VARCHAR"


@dataclass(frozen=True, slots=True)
class Source:
    """A table that was read: ``relation`` has ``_row`` and, by column code, ``cells``."""

    table: Table
    file: str
    relation: str
    cells: Mapping[str, Cell]
    rows: int
    path: Path | None = None
    parquet: bool = False

    @property
    def as_kept(self) -> bool:
        """Whether the file already is as a run keeps its scores: our names and exact types."""
        kinds = {"points": "DECIMAL(9,2)"}
        return (
            self.parquet
            and self.table.name == "scores"
            and [cell.name for cell in self.cells.values()] == list(self.cells)
            and all(cell.kind == kinds.get(code, "VARCHAR") for code, cell in self.cells.items())
        )

    def header(self, code: str) -> str:
        """How the user's own file calls the column."""
        return self.cells[code].header if code in self.cells else self.table.column(code).title


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading one table needs to tell its problems."""

    table: Table
    file: str
    order: int
    report: Report

    def problem(
        self,
        kind: str,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        text = None if value is None else str(value)
        self.report.add(Problem(self.file, row, column, text, message, kind, self.order))


def place_columns(
    reader: Reader, headers: Sequence[str], row: int | None = None
) -> dict[str, int] | None:
    """Column code to position; None, with problems told, if the header does not do.

    Both the code and the Chinese label are headers; spaces around them do not matter. Empty
    headers are passed over: whether there is something below them the caller sees.
    """
    table = reader.table
    known = {name: column for column in table.columns for name in (column.label, column.code)}
    places: dict[str, int] = {}
    unknown: list[str] = []
    fine = True
    for position, header in enumerate(headers):
        column = known.get(header)
        if column is None:
            if header:
                unknown.append(header)
        elif column.code in places:
            first = headers[places[column.code]]
            same = "" if first == header else f"（与「{first}」是同一列）"
            message = f"「{header}」列重复{same}，只留一列"
            reader.problem("column.duplicate", message, row=row, column=header)
            fine = False
        else:
            places[column.code] = position
    if not places:
        _not_a_header(reader, headers, row)
        return None
    missing = {c.code: c for c in table.columns if c.required and c.code not in places}
    free = [n for n, column in known.items() if column.code not in places]
    for header in unknown:
        hint = nearest(header, free) if free else "；请删去这一列"
        reader.problem(
            "column.unknown",
            f"「{table.label}」表没有「{shown(header)}」这一列{hint}",
            row=row,
            column=shown(header),
            value=header,
        )
        for code, column in list(missing.items()):
            if f"「{column.code}」" in hint or f"「{column.label}」" in hint:
                del missing[code]
        fine = False
    for column in missing.values():
        reader.problem("column.missing", f"缺少列 {column.title}", column=column.code)
        fine = False
    return places if fine else None


def _not_a_header(reader: Reader, headers: Sequence[str], row: int | None) -> None:
    wanted = "、".join(column.label for column in reader.table.columns if column.required)
    if len([h for h in headers if h]) == 1 and any(sign in headers[0] for sign in ";\t|"):
        message = "各列不是用逗号分隔的：请在 Excel 里另存为「CSV UTF-8（逗号分隔）」"
    else:
        message = (
            f"第一行应是列标题，至少有：{wanted}（或英文列名）；"
            "表名、填表说明等请不要写在标题行上面"
        )
    reader.problem("header", message, row=row, value=shown("，".join(headers)))
