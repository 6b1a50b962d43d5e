"""Work records as pages read them: whose they are, of which sort, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from kaohe.scheme.model import RecordKind
from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.calendar import DAY, last_of_month
from kaohe.web.fieldwork.models import RecordEvidence, WorkRecord
from kaohe.web.fieldwork.queries.reach import work_records_in
from kaohe.web.fieldwork.queries.records_subjects import Subject
from kaohe.web.roster.models import WorkYear

State = WorkRecord.State


def records_listed(reach: Reach) -> QuerySet[WorkRecord]:
    """Records with whose they are and where, each with its number of `files`."""
    return (
        work_records_in(reach)
        .select_related("unit", "posting__person", "posting__team", "posting__village__township")
        .annotate(files=Count("evidence"))
    )


@dataclass(frozen=True)
class Sorts:
    """The sorts of records of each year's scheme, read once for a page."""

    by_year: Mapping[int, Mapping[str, RecordKind]]

    def of(self, record: WorkRecord) -> RecordKind | None:
        """A record's sort; None where the year's scheme has no such sort."""
        return self.by_year.get(record.year_id, {}).get(record.kind)

    def name_of(self, record: WorkRecord) -> str:
        sort = self.of(record)
        return sort.name if sort is not None else record.kind

    def amount_of(self, record: WorkRecord) -> str:
        """The quantity as one reads it: 35 人; empty for a record without one."""
        unit = self.unit_of(record)
        return amount(record.quantity, unit) if record.quantity is not None else ""

    def quantity_name_of(self, record: WorkRecord) -> str:
        sort = self.of(record)
        return sort.quantity.name if sort is not None and sort.quantity is not None else ""

    def unit_of(self, record: WorkRecord) -> str:
        sort = self.of(record)
        return sort.quantity.unit if sort is not None and sort.quantity is not None else ""

    def target_name_of(self, record: WorkRecord) -> str:
        sort = self.of(record)
        return (sort.target if sort is not None else None) or "对象"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Each sort once, by code; the latest year's name counts."""
        names = {code: one.name for sorts in self.by_year.values() for code, one in sorts.items()}
        return list(names.items())


def sorts_of(county_id: int) -> Sorts:
    years = WorkYear.objects.filter(county_id=county_id).order_by("year")
    return Sorts({year.pk: {one.code: one for one in year.scheme.records} for year in years})


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit: 35 人, 95.5%, 12.50万元."""
    if unit == "万元":
        return f"{value:,.2f}万元"
    shown = f"{value.normalize():f}" if value else "0"
    return f"{shown}{unit}" if unit == "%" else f"{shown} {unit}".rstrip()


def shared_files(records: Iterable[WorkRecord]) -> dict[int, int]:
    """Files of these records that stand with several: the file's key → with how many."""
    files = RecordEvidence.objects.filter(record__in=list(records)).values("evidence")
    rows = RecordEvidence.objects.filter(evidence__in=files).values("evidence").order_by()
    return dict(
        rows.annotate(number=Count("pk")).filter(number__gt=1).values_list("evidence", "number")
    )


# What a subject has reported of each sort


@dataclass(frozen=True)
class Tally:
    """How many records of one sort there are, those that were refused left out.

    total is the year's sum of what they carry, None where the sort carries nothing.
    """

    sort: RecordKind
    month: int = 0
    quarter: int = 0
    year: int = 0
    waiting: int = 0
    refused: int = 0
    total: Decimal | None = None

    @property
    def total_shown(self) -> str:
        if self.total is None or self.sort.quantity is None:
            return ""
        return amount(self.total, self.sort.quantity.unit)


def tallies(subject: Subject, year: WorkYear, today: date) -> list[Tally]:
    """A subject's records of each sort of its kind, in the order of the scheme."""
    month = today.replace(day=1)
    quarter = quarter_of(today)
    valid = ~Q(state=State.REFUSED)
    rows = (
        WorkRecord.objects.filter(subject.condition, year=year)
        .order_by()
        .values("kind")
        .annotate(
            in_month=Count("pk", valid & Q(day__range=(month, last_of_month(month)))),
            in_quarter=Count("pk", valid & Q(day__range=quarter)),
            in_year=Count("pk", valid),
            waiting=Count("pk", Q(state=State.REPORTED)),
            refused=Count("pk", Q(state=State.REFUSED)),
            total=Sum("quantity", filter=valid),
        )
    )
    found = {row["kind"]: row for row in rows}
    return [_tally(sort, found.get(sort.code)) for sort in year.scheme.records_of(subject.kind)]


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter in which a day lies."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    second = last_of_month(first) + DAY
    return first, last_of_month(last_of_month(second) + DAY)


def _tally(sort: RecordKind, row: Mapping[str, Any] | None) -> Tally:
    if row is None:
        return Tally(sort)
    adds_up = sort.quantity is not None and sort.quantity.unit != "%"
    return Tally(
        sort,
        month=row["in_month"],
        quarter=row["in_quarter"],
        year=row["in_year"],
        waiting=row["waiting"],
        refused=row["refused"],
        total=row["total"] if adds_up else None,
    )
