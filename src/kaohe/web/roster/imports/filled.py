"""The present roster as rows of the workbook; ID numbers and phones are masked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kaohe.web.common.actor import Reach
from kaohe.web.roster.imports.columns import Column, Kind, Part, SheetLayout
from kaohe.web.roster.imports.known import Known, load_known
from kaohe.web.roster.imports.layout import layouts
from kaohe.web.roster.imports.plan import in_words
from kaohe.web.roster.imports.template import Values, write_template
from kaohe.web.roster.models import Person, Posting, Team, Unit, Village, WorkYear


def template_for(reach: Reach, year: WorkYear | None, county: str, *, filled: bool) -> bytes:
    """The county's workbook, with the present roster in it or empty."""
    known = load_known(reach, year)
    sheets = layouts(year)
    units: dict[str, list[str]] = {}
    for unit in sorted(known.of(Unit), key=lambda unit: unit.code):
        if unit.ended is None:
            units.setdefault(unit.get_kind_display(), []).append(f"{unit.code} {unit.name}")
    rows = {layout.name: _rows(known, layout) for layout in sheets} if filled else {}
    return write_template(
        sheets,
        county=county,
        year=str(year.year) if year is not None else "",
        units=units,
        rows=rows,
    )


def _rows(known: Known, layout: SheetLayout) -> Sequence[Values]:
    rows: list[Any] = [
        row
        for row in known.of(layout.model)
        if all(getattr(row, name) == value for name, value in layout.fixed.items())
    ]
    rows.sort(key=lambda row: [str(_cell(known, row, layout.column(key))) for key in layout.key])
    return [{column.key: _cell(known, row, column) for column in layout.columns} for row in rows]


def _cell(known: Known, row: Any, column: Column) -> object:
    if column.part is Part.ATTRIBUTES:
        said = known.attributes.get(row.code)
        return said.values.get(column.key) if said is not None else None
    if column.part is Part.COUNTS:
        count = known.counts.get(row.code)
        return getattr(count, column.key) if count is not None else None
    value = getattr(row, column.key)
    if isinstance(value, Posting):
        return value.subject.code
    if isinstance(value, (Unit, Village, Person, Team)):
        return value.code
    if column.personal or column.kind is Kind.CHOICE:
        return in_words(column, value)
    return value
