"""A workbook out of rows under Chinese heads, as the made-up county gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kaohe.web.roster.imports.columns import plain_head, sheet_named
from kaohe.web.roster.imports.layout import layouts
from kaohe.web.roster.imports.template import write_template
from kaohe.web.roster.models import WorkYear


def workbook_of(
    tables: Mapping[str, Sequence[Mapping[str, object]]],
    year: WorkYear | None,
    *,
    county: str,
) -> bytes:
    """The tables as a workbook to import; columns that the roster does not keep are left out."""
    sheets = layouts(year)
    rows: dict[str, list[dict[str, object]]] = {}
    for name, table in tables.items():
        layout = sheet_named(sheets, name)
        if layout is None:
            raise ValueError(f"the roster's workbook has no sheet {name}")
        heads = {head: layout.by_head.get(plain_head(head)) for row in table for head in row}
        rows[layout.name] = [
            {
                column.key: value
                for head, value in row.items()
                if (column := heads[head]) is not None
            }
            for row in table
        ]
    return write_template(
        sheets,
        county=county,
        year=str(year.year) if year is not None else "",
        units={},
        rows=rows,
    )
