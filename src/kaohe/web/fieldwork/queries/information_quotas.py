"""Who has to report how many items a month and research reports a year, and what came of them.

What is owed is the scheme's word for each subject (二(二)1(5), 二(三)7): see information_exact.py.
An item counts in the month in which it was first reported, once it is received.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.calendar import days_between, last_of_month
from kaohe.web.fieldwork.models import InformationItem
from kaohe.web.fieldwork.queries.closings import year_of
from kaohe.web.fieldwork.queries.information_owing import (
    Key,
    a_month,
    a_year,
    owing_posted,
    owing_units,
)
from kaohe.web.roster.models import Person, Posting, Team, Unit, WorkYear
from kaohe.web.roster.queries.reach import postings_in

_RESEARCH = InformationItem.Kind.RESEARCH


@dataclass(frozen=True)
class Tally:
    """What is owed in a time, and what came: waiting, received, or returned and not yet back."""

    owed: int = 0
    waiting: int = 0
    received: int = 0
    returned: int = 0

    @property
    def reported(self) -> int:
        return self.waiting + self.received + self.returned

    @property
    def missing(self) -> int:
        """What has still to be reported: a returned one does not count until it is back."""
        return max(0, self.owed - self.waiting - self.received)

    @property
    def met(self) -> bool:
        return self.received >= self.owed

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.owed + other.owed,
            self.waiting + other.waiting,
            self.received + other.received,
            self.returned + other.returned,
        )


@dataclass(frozen=True)
class Holder:
    """One who has to report, with a tally for each month asked for and one of the year's research.

    research is of the whole year, whichever months were asked for.
    """

    kind: str
    row: Unit | Person | Team
    postings: tuple[Posting, ...]
    months: tuple[Tally, ...]
    research: Tally

    @property
    def place(self) -> str:
        """Where the latest posting is; empty for a unit."""
        if not self.postings:
            return ""
        village = self.postings[-1].village
        return f"{village.township}{village}"

    @property
    def total(self) -> Tally:
        return sum(self.months, Tally())

    @property
    def missing(self) -> int:
        """What is missing in all the months; one month's surplus makes up for no other's lack."""
        return sum(month.missing for month in self.months)


def holders_in(reach: Reach, year: WorkYear, months: Sequence[date]) -> list[Holder]:
    """Everybody in reach who owes anything in those months of the year, by kind and code."""
    units = Unit.objects.filter(county_id=reach.county_id)
    if not reach.whole:
        units = units.filter(pk__in=reach.units)
    return _holders(year, units, postings_in(reach), months)


def own_holders(actor: Actor, month: date) -> list[Holder]:
    """The units, persons and teams for whom the account reports, with the month's tally."""
    reach = actor.reach("information.report")
    year = year_of(actor.county_id, month)
    if year is None:
        return []
    units = Unit.objects.filter(county_id=reach.county_id, pk__in=reach.units)
    own = Reach(county_id=reach.county_id, people=reach.people)
    return _holders(year, units, postings_in(own), [month.replace(day=1)])


def _holders(
    year: WorkYear, units: QuerySet[Unit], postings: QuerySet[Posting], months: Sequence[date]
) -> list[Holder]:
    scheme = year.scheme
    counts = _counts(year)
    found = []
    for kind, row, own, said in [*owing_units(year, units), *owing_posted(year, postings)]:
        owed, research_owed = a_month(scheme, kind, said), a_year(scheme, kind, said)
        tallies = tuple(
            _tally(counts, (kind, row.pk), month, owed if _serves(year, row, own, month) else 0)
            for month in months
        )
        research = _tally(counts, (kind, row.pk), None, research_owed)
        if any(one.owed for one in tallies) or (research.owed and _there(year, row, own, months)):
            found.append(Holder(kind, row, own, tallies, research))
    places = {kind.name: place for place, kind in enumerate(scheme.kinds)}
    return sorted(found, key=lambda one: (places[one.kind], one.row.code))


def _serves(
    year: WorkYear, row: Unit | Person | Team, postings: Iterable[Posting], month: date
) -> bool:
    """Whether the month is one of service: a unit that is there, or enough days in postings."""
    first, last = month, last_of_month(month)
    if isinstance(row, Unit):
        return row.ended is None or row.ended >= first
    days = {
        day
        for one in postings
        for day in days_between(max(one.start, first), min(one.end or last, last))
    }
    return len(days) >= year.scheme.fieldwork.service_month


def _there(
    year: WorkYear,
    row: Unit | Person | Team,
    postings: Iterable[Posting],
    months: Iterable[date],
) -> bool:
    return any(_serves(year, row, postings, month) for month in months)


_Counts = Mapping[tuple[Key, date | None, str], int]


def _counts(year: WorkYear) -> _Counts:
    """Items by whose, month and state; research reports of the year under no month."""
    rows = (
        InformationItem.objects.filter(
            county_id=year.county_id,
            reported_at__gte=_begin(date(year.year, 1, 1)),
            reported_at__lt=_begin(date(year.year + 1, 1, 1)),
        )
        .order_by()
        .annotate(month=TruncMonth("reported_at"))
        .values_list(
            "kind",
            "state",
            "month",
            "unit__kind",
            "unit",
            "posting__kind",
            "posting__person",
            "posting__team",
        )
        .annotate(number=Count("pk"))
    )
    found: dict[tuple[Key, date | None, str], int] = defaultdict(int)
    for kind, state, month, unit_kind, unit, posted, person, team, number in rows:
        key = (
            (str(Unit.Kind(unit_kind).label), unit)
            if unit is not None
            else (str(Posting.Kind(posted).label), person if person is not None else team)
        )
        when = None if kind == _RESEARCH else timezone.localdate(month)
        found[key, when, state] += number
    return found


def _tally(counts: _Counts, key: Key, month: date | None, owed: int) -> Tally:
    states = InformationItem.State
    return Tally(
        owed,
        waiting=counts.get((key, month, states.REPORTED), 0),
        received=counts.get((key, month, states.RECEIVED), 0),
        returned=counts.get((key, month, states.RETURNED), 0),
    )


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))
