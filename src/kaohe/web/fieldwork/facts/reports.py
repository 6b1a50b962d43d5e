"""Monthly reports that were handed in, and texts that were received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils import timezone

from kaohe.web.fieldwork.calendar import DAY
from kaohe.web.fieldwork.facts.asked import Asked, Counts
from kaohe.web.fieldwork.facts.periods import Period, moment
from kaohe.web.fieldwork.facts.subjects import Key, Subject
from kaohe.web.fieldwork.models import InformationItem, MonthlyReport
from kaohe.web.fieldwork.queries.counted import Counted

_Dated = dict[Key, list[tuple[date, int]]]


def monthly_reports(asked: Asked) -> Counts:
    """The reports about the months of a period, early or late.

    Who serves at the period's end has to report about it, so that none counts 0; there is no fact
    for others without a report, nor before the county's first report of the year.
    """
    rows = MonthlyReport.objects.filter(
        county_id=asked.year.county_id, month__range=(asked.first, asked.last)
    )
    found: _Dated = defaultdict(list)
    for posting, month, pk in rows.values_list("posting", "month", "pk").order_by("pk"):
        if (owner := asked.owner(None, posting)) is not None:
            found[owner.key].append((month, pk))
    every = MonthlyReport.objects.filter(
        county_id=asked.year.county_id, month__gte=date(asked.year.year, 1, 1)
    )
    began = every.order_by("month").values_list("month", flat=True).first()
    owed = _owed_from(began, lambda subject, period: subject.serves(period.last))
    return _counted(asked, found, "fieldwork.monthlyreport", owed)


def information_items(asked: Asked) -> Counts:
    """Items of information that were reported in a period and received."""
    return _texts(asked, InformationItem.Kind.ITEM)


def research_reports(asked: Asked) -> Counts:
    """Research reports that were reported in a period and received."""
    return _texts(asked, InformationItem.Kind.RESEARCH)


def _texts(asked: Asked, kind: str) -> Counts:
    """By the day on which they were reported; adopted ones were received.

    Who is there in the period could report, so that none counts 0; but not before the county's
    first text of the kind in the year.
    """
    every = InformationItem.objects.filter(
        county_id=asked.year.county_id,
        kind=kind,
        reported_at__gte=moment(date(asked.year.year, 1, 1)),
        reported_at__lt=moment(asked.last + DAY),
    ).order_by("reported_at", "pk")
    first = every.values_list("reported_at", flat=True).first()
    received = every.filter(
        state=InformationItem.State.RECEIVED, reported_at__gte=moment(asked.first)
    )
    found: _Dated = defaultdict(list)
    for unit, posting, at, pk in received.values_list("unit", "posting", "reported_at", "pk"):
        if (owner := asked.owner(unit, posting)) is not None:
            found[owner.key].append((timezone.localdate(at), pk))
    owed = _owed_from(
        timezone.localdate(first) if first is not None else None,
        lambda subject, period: subject.serves_between(period.first, period.last),
    )
    return _counted(asked, found, "fieldwork.informationitem", owed)


_Owed = Callable[[Subject, Period], bool]


def _owed_from(began: date | None, owes: _Owed) -> _Owed:
    """Whether nothing counts 0: only since the county keeps this source at all."""
    return lambda subject, period: (
        began is not None and began <= period.last and owes(subject, period)
    )


def _counted(asked: Asked, found: _Dated, table: str, owed: _Owed) -> Counts:
    counts: Counts = {}
    for subject in asked.subjects:
        for period in asked.periods:
            rows = tuple(
                (table, pk)
                for day, pk in found.get(subject.key, ())
                if period.first <= day <= period.last
            )
            if rows or owed(subject, period):
                counts[subject.key, period.key] = Counted(Decimal(len(rows)), rows)
    return counts
