"""A village's attendance book as a grid: persons by days, a sign a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.actions.book import BookRefused, Key, Mark
from kaohe.web.fieldwork.calendar import CalendarDay
from kaohe.web.fieldwork.queries.postings import Service

_PRESENT = frozenset("√✓✔vV1是在到")
_ABSENT = frozenset("×✕✗xX0否缺")
_SIGNS = {True: "√", False: "×", None: ""}
_CODES = {"1": True, "0": False, ".": None}


@dataclass
class BookCell:
    """A cell of the grid: what stands in it, whether it can be filled, what is wrong with it."""

    day: CalendarDay
    name: str
    label: str
    stored: bool | None
    text: str
    open: bool
    problem: str = ""
    theirs: str = ""

    @property
    def other_text(self) -> str:
        return f"别人录的：{self.theirs}" if self.theirs else ""


@dataclass
class BookRow:
    """A person's month. was: the cells as they were shown, a sign a day of the month."""

    service: Service
    cells: list[BookCell]
    was_name: str
    own: bool

    @property
    def was(self) -> str:
        codes = {value: code for code, value in _CODES.items()}
        return "".join(codes[cell.stored] for cell in self.cells)

    @property
    def present(self) -> int:
        return sum(1 for cell in self.cells if cell.stored)


@dataclass
class BookGrid:
    """The grid of a village's month."""

    rows: list[BookRow]
    wrong: dict[Key, str] = field(default_factory=dict)
    conflict: bool = False

    @classmethod
    def of(
        cls,
        serving: Sequence[Service],
        days: Sequence[CalendarDay],
        stored: Mapping[Key, bool],
        *,
        today: date,
        own: frozenset[int],
        locked: bool,
    ) -> BookGrid:
        rows = []
        for service in serving:
            is_own = service.person.pk in own
            cells = []
            for one in days:
                value = stored.get((*service.key, one.day))
                may = service.serves(one.day) and one.day <= today and not locked and not is_own
                posting, person = service.key
                name = f"c-{posting}-{person}-{one.day.day}"
                label = f"{service.person} {one.day.month}月{one.day.day}日"
                cells.append(BookCell(one, name, label, value, _SIGNS[value], may))
            rows.append(BookRow(service, cells, "w-{}-{}".format(*service.key), is_own))
        return cls(rows)

    def take(self, data: Mapping[str, str]) -> list[Mark]:
        """What was sent, in the cells; the cells that were changed. `wrong` then has bad signs."""
        return [mark for row in self.rows for mark in self._taken(row, data)]

    def _taken(self, row: BookRow, data: Mapping[str, str]) -> Iterator[Mark]:
        shown = data.get(row.was_name, "")
        for at, cell in enumerate(row.cells):
            if cell.name not in data or not cell.open:
                continue
            cell.text = text = data[cell.name].strip()[:10]
            key = (*row.service.key, cell.day.day)
            was = _CODES.get(shown[at : at + 1])
            try:
                now = _read(text)
            except Refusal as refusal:
                cell.problem = self.wrong[key] = refusal.message
                continue
            if now != was:
                yield Mark(*key, was=was, now=now)
            elif cell.stored != was:
                cell.text = _SIGNS[cell.stored]  # somebody else's newer one, left alone here

    def refuse(self, refused: BookRefused) -> None:
        """Show at the cells why nothing was stored."""
        self.conflict = bool(refused.theirs)
        for row in self.rows:
            for cell in row.cells:
                key = (*row.service.key, cell.day.day)
                cell.problem = refused.wrong.get(key, "")
                if key in refused.theirs:
                    cell.theirs = _SIGNS[refused.theirs[key]] or "空"

    @property
    def troubles(self) -> list[tuple[str, str, str]]:
        """What is wrong, as place, the cell's name and a sentence, in the grid's order."""
        return [
            (cell.label, cell.name, cell.problem or f"{cell.other_text}；核对后再保存一次。")
            for row in self.rows
            for cell in row.cells
            if cell.problem or cell.theirs
        ]

    @property
    def status(self) -> int:
        if any(cell.problem for row in self.rows for cell in row.cells):
            return 422
        return 409 if self.conflict else 200


def _read(text: str) -> bool | None:
    if not text:
        return None
    if text in _PRESENT:
        return True
    if text in _ABSENT:
        return False
    raise Refusal(f"“{text}”看不懂；在村填 √（或 1），不在村填 ×（或 0），没有记的空着。")
