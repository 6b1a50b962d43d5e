"""A year of records: of one subject by sort and month, and of all subjects by sort."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Sum
from django.db.models.functions import ExtractMonth

from kaohe.scheme.model import RecordKind
from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.reach import work_records_in
from kaohe.web.fieldwork.queries.records import amount
from kaohe.web.fieldwork.queries.records_required import Requirement, requirements
from kaohe.web.fieldwork.queries.records_subjects import Subject, subjects_in
from kaohe.web.roster.models import WorkYear

State = WorkRecord.State


@dataclass(frozen=True)
class Cell:
    """How many records are confirmed, and how many wait."""

    confirmed: int = 0
    waiting: int = 0

    @property
    def empty(self) -> bool:
        return not (self.confirmed or self.waiting)


@dataclass(frozen=True)
class TargetLine:
    """One target: how many confirmed records of each quarter, and the day of the latest."""

    name: str
    quarters: tuple[int, int, int, int]
    latest: date | None

    @property
    def times(self) -> int:
        return sum(self.quarters)


@dataclass(frozen=True)
class SortLine:
    """A sort's year: twelve months, their sum, what the records carry, what is asked for.

    quantity: the sum of the confirmed ones, or of percentages the largest; None without any.
    targets: only where the regulation looks at the target that has least.
    """

    sort: RecordKind
    months: tuple[Cell, ...]
    quantity: Decimal | None
    asked: tuple[Requirement, ...]
    targets: tuple[TargetLine, ...] = ()

    @property
    def whole(self) -> Cell:
        return Cell(
            sum(cell.confirmed for cell in self.months), sum(cell.waiting for cell in self.months)
        )

    @property
    def quantity_shown(self) -> str:
        if self.quantity is None or self.sort.quantity is None:
            return ""
        return amount(self.quantity, self.sort.quantity.unit)

    @property
    def to_next_step(self) -> str:
        """How far it is to the next step of a ladder: 下一档 40.00万元，还差 5.00万元."""
        if self.sort.quantity is None:
            return ""
        total, unit = self.quantity or Decimal(0), self.sort.quantity.unit
        steps = [step for one in self.asked if (step := one.next_step(total)) is not None]
        if not steps:
            return ""
        return f"下一档 {amount(steps[0], unit)}，还差 {amount(steps[0] - total, unit)}"


def year_of_subject(reach: Reach, subject: Subject, year: WorkYear) -> list[SortLine]:
    """Each sort of the subject's kind; what was refused is left out."""
    rows = work_records_in(reach).filter(subject.all_of_theirs, year=year).order_by()
    counted: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    by_month = rows.annotate(month=ExtractMonth("day")).values("kind", "month", "state")
    for row in by_month.annotate(number=Count("pk")):
        counted[row["kind"]][row["month"], row["state"]] += row["number"]
    confirmed = rows.filter(state=State.CONFIRMED).values("kind")
    carried = {
        row["kind"]: row for row in confirmed.annotate(total=Sum("quantity"), most=Max("quantity"))
    }
    scheme = year.scheme
    lines = []
    for sort in scheme.records_of(subject.kind):
        numbers = counted[sort.code]
        lines.append(
            SortLine(
                sort=sort,
                months=tuple(
                    Cell(numbers[month, State.CONFIRMED], numbers[month, State.REPORTED])
                    for month in range(1, 13)
                ),
                quantity=_carried(sort, carried.get(sort.code)),
                asked=tuple(requirements(scheme, subject.kind, sort.code)),
                targets=tuple(_targets(reach, subject, year, sort)),
            )
        )
    return lines


def _carried(sort: RecordKind, row: Mapping[str, Any] | None) -> Decimal | None:
    if sort.quantity is None or row is None:
        return None
    total: Decimal | None = row["most" if sort.quantity.unit == "%" else "total"]
    return total


def _targets(reach: Reach, subject: Subject, year: WorkYear, sort: RecordKind) -> list[TargetLine]:
    """The targets among which the regulation looks for the one that has least, the least first."""
    sources = [fact.source for fact in year.scheme.facts_of(subject.kind) if fact.source]
    source = next((s for s in sources if s.records == sort.code and s.by == "fewest"), None)
    if source is None:
        return []
    rows = work_records_in(reach).filter(subject.all_of_theirs, year=year, state=State.CONFIRMED)
    registered = rows.filter(kind=source.among or sort.code).order_by()
    names = set(registered.values_list("target", flat=True))
    quarters: dict[str, Counter[int]] = defaultdict(Counter)
    latest: dict[str, date] = {}
    for target, day in rows.filter(kind=sort.code).order_by("day").values_list("target", "day"):
        if target in names:
            quarters[target][(day.month - 1) // 3] += 1
            latest[target] = day
    lines = []
    for name in names:
        of_name = quarters[name]
        shown = (of_name[0], of_name[1], of_name[2], of_name[3])
        lines.append(TargetLine(name, shown, latest.get(name)))
    return sorted(lines, key=lambda one: (one.times, one.name))


@dataclass(frozen=True)
class SubjectLine:
    """A subject with its confirmed and waiting records of each sort of its kind."""

    subject: Subject
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class KindTable:
    """All subjects of one kind within reach, and the sorts that make the columns."""

    kind: str
    sorts: tuple[RecordKind, ...]
    lines: tuple[SubjectLine, ...]


def year_of_all(reach: Reach, year: WorkYear) -> list[KindTable]:
    """Each kind that has sorts of records: whoever is posted in several villages has one line."""
    counted: dict[tuple[str, int], Counter[tuple[str, str]]] = defaultdict(Counter)
    rows = work_records_in(reach).filter(year=year).order_by()
    columns = ("unit", "posting__kind", "posting__person", "posting__team", "kind", "state")
    for row in rows.values(*columns).annotate(number=Count("pk")):
        counted[_whose(row)][row["kind"], row["state"]] += row["number"]
    tables: dict[str, list[SubjectLine]] = {}
    seen = set()
    for subject in subjects_in(reach, year):
        if subject.whose in seen:
            continue
        seen.add(subject.whose)
        numbers = counted[subject.whose]
        cells = tuple(
            Cell(numbers[sort.code, State.CONFIRMED], numbers[sort.code, State.REPORTED])
            for sort in year.scheme.records_of(subject.kind)
        )
        tables.setdefault(subject.kind, []).append(SubjectLine(subject, cells))
    return [
        KindTable(kind, year.scheme.records_of(kind), tuple(lines))
        for kind, lines in tables.items()
    ]


def _whose(row: Mapping[str, int | str | None]) -> tuple[str, int]:
    """The same as Subject.whose, of a line of counts."""
    if row["unit"] is not None:
        return "unit", int(row["unit"])
    sort = "person" if row["posting__person"] is not None else "team"
    return f"{row['posting__kind']} {sort}", int(row[f"posting__{sort}"] or 0)
