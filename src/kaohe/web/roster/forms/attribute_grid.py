"""All units of a kind in one grid: a form a row, of which only the touched rows count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from kaohe.scheme.model import Attribute
from kaohe.web.common.errors import Conflict
from kaohe.web.roster.actions.attributes import Saying, SayingsRefused
from kaohe.web.roster.forms.attributes import AttributesForm
from kaohe.web.roster.models import Unit, WorkYear
from kaohe.web.roster.queries.attributes import asked_of


@dataclass(frozen=True)
class Cell:
    """An input, what it was shown with, and what somebody else stored meanwhile."""

    field: BoundField
    was: SafeString
    theirs: str


@dataclass(frozen=True)
class Trouble:
    """Something wrong with a cell or a row, and where it stands."""

    place: str
    anchor: str
    text: str


class RowForm(AttributesForm):
    """A unit's row. Each cell carries what it was shown with, and so tells its own changes."""

    narrow = True

    @property
    def touched(self) -> bool:
        return any(name in self.asked for name in self.changed_data)

    @property
    def cells(self) -> Iterator[Cell]:
        theirs = {one.name: one.theirs for one in self.differing} if self.conflict else {}
        for name in self.asked:
            field = self[name]
            yield Cell(field, field.as_hidden(only_initial=True), theirs.get(name, ""))

    def differ(self, conflict: Conflict) -> None:
        """Take the newer version, and the other's values in cells that this editor left alone."""
        mine = {name for name in self.changed_data if name in self.asked}
        super().differ(conflict)
        data: Any = self.data
        for name, value in self._present().items():
            data[self.add_initial_prefix(name)] = value
            if name not in mine:
                data[self.add_prefix(name)] = value

    def _field(self, attribute: Attribute) -> forms.Field:
        field = super()._field(attribute)
        field.show_hidden_initial = True
        field.widget.attrs["aria-label"] = f"{self.unit} {attribute.name}"
        if attribute.type != "number":
            field.widget.attrs["class"] = "text-start"
        return field


class AttributeGrid:
    """The rows of all units given; what is sent about others is not looked at."""

    def __init__(self, data: Any, *, year: WorkYear, kind: str, units: Sequence[Unit]) -> None:
        self.attributes = asked_of(year, kind)
        self.rows = [
            RowForm(
                data,
                prefix=f"u{unit.pk}",
                instance=next(iter(getattr(unit, "said", [])), None),
                year=year,
                unit=unit,
            )
            for unit in units
        ]

    def touched(self) -> list[RowForm]:
        return [row for row in self.rows if row.touched]

    def is_valid(self) -> bool:
        """Whether each touched row can be read."""
        return not any(row.errors for row in self.touched())

    def sayings(self) -> list[Saying]:
        return [row.saying() for row in self.touched()]

    def refuse(self, refused: SayingsRefused) -> None:
        """Show at the cells why nothing was stored."""
        by_unit = {row.unit.pk: row for row in self.rows}
        for unit_id, error in refused.wrong.items():
            row = by_unit[unit_id]
            row.add_error(None, row.placed(error))
        for unit_id, conflict in refused.conflicts.items():
            by_unit[unit_id].differ(conflict)

    @property
    def troubles(self) -> list[Trouble]:
        """All that is wrong, in the grid's order."""
        return [trouble for row in self.rows for trouble in _troubles(row)]

    @property
    def status(self) -> int:
        """409 when only conflicts stand in the way, 422 for wrong cells, else 200."""
        if any(row.is_bound and row.touched and row.errors for row in self.rows):
            return 422
        return 409 if any(row.conflict for row in self.rows) else 200


def _troubles(row: RowForm) -> Iterator[Trouble]:
    if not row.is_bound or not row.touched:
        return
    first = row[next(iter(row.asked))].auto_id
    if row.conflict is not None:
        text = f"{row.conflict.who}刚刚改过这一行；核对标出的格子，再保存一次。"
        yield Trouble(str(row.unit), first, text)
    for name, errors in row.errors.items():
        known = name in row.asked
        place = f"{row.unit} · {row.asked[name].name}" if known else str(row.unit)
        yield Trouble(place, row[name].auto_id if known else first, "；".join(map(str, errors)))
