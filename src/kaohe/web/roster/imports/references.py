"""Cells that name another row: by its code, by its name, or by both as the drop-downs write it."""

from __future__ import annotations

import difflib
from typing import Any

from kaohe.web.common.models import Record
from kaohe.web.roster.imports.columns import Kind
from kaohe.web.roster.imports.known import Known
from kaohe.web.roster.imports.reading import BAD, ReadFile
from kaohe.web.roster.models import Person, Posting, Team, Unit, Village

_MODELS: dict[Kind, type[Record]] = {
    Kind.UNIT: Unit,
    Kind.TOWNSHIP: Unit,
    Kind.DEPARTMENT: Unit,
    Kind.VILLAGE: Village,
    Kind.PERSON: Person,
    Kind.TEAM: Team,
}
_SHEETS: dict[type[Record], tuple[str, ...]] = {
    Unit: ("乡镇", "部门"),
    Village: ("村",),
    Person: ("人员",),
    Team: ("工作队",),
}
_WANTED = {Kind.TOWNSHIP: Unit.Kind.TOWNSHIP, Kind.DEPARTMENT: Unit.Kind.DEPARTMENT}
# Looking for what was meant takes a while among thousands of codes.
_MOST_GUESSES = 20


class Unknown(Exception):
    """No such row; the message says so, the remedy what may have been meant."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(message)


class References:
    """Finds rows of the county and of the workbook."""

    def __init__(self, known: Known, file: ReadFile) -> None:
        self._known = known
        self._file = file
        self._names: dict[type[Record], dict[str, list[Any]]] = {}
        self._guesses = 0

    def find(self, kind: Kind, text: str, posted: str = "") -> Any:
        """The row that a cell names; posted is the kind of posting where the column asks for it.

        BAD for one that may stand in a sheet which cannot be relied on. Raises Unknown.
        """
        model = _MODELS.get(kind) or (Team if posted == Posting.Kind.VILLAGE_TEAM else Person)
        row = self._known.rows[model].get((text,)) or self._by_name(model, text)
        if row is None:
            if self._is_spoilt(model):
                return BAD
            raise Unknown(f"没有这个{_called(model)}", self._hint(model, text))
        wanted = _WANTED.get(kind)
        if wanted is not None and row.kind != wanted:
            raise Unknown(f"{row}是{row.get_kind_display()}，不是{wanted.label}", f"填{kind.value}")
        return row

    def _by_name(self, model: type[Record], text: str) -> Any:
        """By `T001 云溪镇`, or by a name that only one has; people are too often namesakes."""
        code, _, name = text.partition(" ")
        row = self._known.rows[model].get((code,))
        if row is not None and row.name == name.strip():
            return row
        if model is Person:
            return None
        if model not in self._names:
            self._names[model] = {}
            for one in self._known.rows[model].values():
                self._names[model].setdefault(one.name, []).append(one)
        same = self._names[model].get(text, [])
        return same[0] if len(same) == 1 else None

    def _is_spoilt(self, model: type[Record]) -> bool:
        sheets = [self._file.sheets.get(name) for name in _SHEETS[model]]
        return any(sheet is not None and sheet.spoilt for sheet in sheets)

    def _hint(self, model: type[Record], text: str) -> str:
        sheets = "”或“".join(_SHEETS[model])
        remedy = f"核对编号，或先在“{sheets}”里登记"
        self._guesses += 1
        if self._guesses > _MOST_GUESSES:
            return remedy
        codes = [str(key[0]) for key in self._known.rows[model]]
        near = difflib.get_close_matches(text, codes, n=1, cutoff=0.7)
        return f"是不是 {near[0]}？{remedy}" if near else remedy


def _called(model: type[Record]) -> str:
    return str(model._meta.verbose_name)
