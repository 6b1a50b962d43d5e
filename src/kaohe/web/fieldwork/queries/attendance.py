"""Days in the village as they count, and as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.calendar import days_of_month, last_of_month
from kaohe.web.fieldwork.models import BookEntry, SignIn
from kaohe.web.fieldwork.queries.closings import terms_of
from kaohe.web.fieldwork.queries.cross_check import PersonDay, State, check
from kaohe.web.fieldwork.queries.postings import Service, services, services_in
from kaohe.web.fieldwork.queries.reach import sign_ins_in
from kaohe.web.roster.models import Posting, Village


@dataclass(frozen=True)
class PersonCount:
    """The days of a month that count for a person in a posting, each with the rows it rests on."""

    service: Service
    days: tuple[PersonDay, ...]


@dataclass(frozen=True)
class DayCount:
    """A posting's days in the village in a month.

    person is who the number is of: the person posted, or the team's member with the fewest days;
    None when nobody served. `counted` are those days with the rows behind each; `others` the counts
    of the team's other members.
    """

    posting: Posting
    month: date
    days: int
    person: PersonCount | None
    others: tuple[PersonCount, ...] = ()

    @property
    def counted(self) -> tuple[PersonDay, ...]:
        return () if self.person is None else self.person.days

    @property
    def rows(self) -> tuple[tuple[str, int], ...]:
        """All rows that the number rests on, as table and key."""
        return tuple(row for day in self.counted for row in day.rows)


def days_in_village(posting: Posting, month: date) -> DayCount:
    """How many days of a month count as spent in the village: the number that facts use.

    A day counts when the township settled it so, or when the three books agree on it and the person
    was not on leave; cross_check.py has the rule. Every day counts alike, working day or not: the
    regulation says “工作日总数的三分之二(15天)”, and the scheme reads it as 15 days, since who
    lives in the village works there at weekends too. Official absence is no day in the village.

    Of a team the member with the fewest days counts, among those who were in it on each of the
    posting's days in the month; if there is none such, among all who were in it at all.

    Days before the posting's start or after its end never count, so that the counts of somebody who
    moved in the middle of a month can be added up.
    """
    return days_in_villages([posting], month)[posting.pk]


def days_in_villages(postings: Sequence[Posting], month: date) -> dict[int, DayCount]:
    """The same for many postings of a county at once, by the posting's key."""
    first, last = month.replace(day=1), last_of_month(month)
    serving = services(postings, first, last)
    checked = check(serving, first, last)
    counts: dict[int, list[PersonCount]] = {posting.pk: [] for posting in postings}
    for service in serving:
        days = tuple(day for day in checked[service.key] if day.state.counts)
        counts[service.posting.pk].append(PersonCount(service, days))
    return {posting.pk: _fewest(posting, first, counts[posting.pk]) for posting in postings}


def _fewest(posting: Posting, month: date, counts: list[PersonCount]) -> DayCount:
    compared = [one for one in counts if one.service.whole] or counts
    if not compared:
        return DayCount(posting, month, 0, None)
    least = min(compared, key=lambda one: (len(one.days), one.service.person.code))
    others = tuple(one for one in counts if one is not least)
    return DayCount(posting, month, len(least.days), least, others)


@dataclass(frozen=True)
class MonthRow:
    """A person's month in a posting, with a cell for each day of it (None: not in service)."""

    service: Service
    cells: tuple[PersonDay | None, ...]
    required: int | None

    @property
    def days(self) -> list[PersonDay]:
        return [cell for cell in self.cells if cell is not None]

    @property
    def agreed_days(self) -> list[PersonDay]:
        return [day for day in self.days if day.state is State.AGREED]

    @property
    def other_days(self) -> list[PersonDay]:
        """The days that somebody should look at."""
        plain = {State.AGREED, State.NOTHING}
        return [day for day in self.days if day.state not in plain]

    def number(self, *states: State) -> int:
        return sum(1 for cell in self.days if cell.state in states)

    @property
    def counted(self) -> int:
        return sum(1 for cell in self.days if cell.state.counts)

    @property
    def on_leave(self) -> int:
        return self.number(State.LEAVE)

    @property
    def official(self) -> int:
        return self.number(State.OFFICIAL)

    @property
    def conflicts(self) -> int:
        return self.number(State.CONFLICT)

    @property
    def waiting(self) -> int:
        return self.number(State.WAITING)

    @property
    def short(self) -> int:
        """How many days are missing to what the regulation asks for."""
        return max(0, (self.required or 0) - self.counted)


def month_rows(serving: Sequence[Service], month: date) -> list[MonthRow]:
    """The month of each service."""
    first, last = month.replace(day=1), last_of_month(month)
    checked = check(serving, first, last)
    terms = terms_of(serving[0].posting.county_id, last) if serving else None
    rows = []
    for service in serving:
        by_day = {day.day: day for day in checked[service.key]}
        cells = tuple(by_day.get(day) for day in days_of_month(month))
        required = terms.days_required_of(service.posting.get_kind_display()) if terms else None
        rows.append(MonthRow(service, cells, required))
    return rows


@dataclass(frozen=True)
class ServiceDay:
    """A day of a service, as a list of days names it."""

    service: Service
    day: PersonDay

    @property
    def code(self) -> str:
        """How an address names it."""
        posting, person = self.service.key
        return f"{posting}-{person}-{self.day.day:%Y%m%d}"


def conflicts_in(
    reach: Reach, month: date, states: Sequence[State] = (State.CONFLICT,), **conditions: object
) -> list[ServiceDay]:
    """The days of a month on which the books disagree, up to today; by village, person and day."""
    first, last = month.replace(day=1), min(last_of_month(month), timezone.localdate())
    if last < first:
        return []
    serving = services_in(reach, first, last, **conditions)
    checked = check(serving, first, last)
    return [
        ServiceDay(service, day)
        for service in serving
        for day in checked[service.key]
        if day.state in states
    ]


def service_days(reach: Reach, asked: Sequence[tuple[int, int, date]]) -> list[ServiceDay]:
    """The days of that posting, person and date, those within reach; others are left out."""
    if not asked:
        return []
    days = [day for _, _, day in asked]
    first, last = min(days), max(days)
    serving = services_in(reach, first, last, pk__in={posting for posting, _, _ in asked})
    checked = check(serving, first, last)
    wanted = set(asked)
    return [
        ServiceDay(service, day)
        for service in serving
        for day in checked[service.key]
        if (*service.key, day.day) in wanted
    ]


def sign_ins_listed(reach: Reach) -> QuerySet[SignIn]:
    """Sign-ins with all that a line of theirs names."""
    return sign_ins_in(reach).select_related(
        "person", "posting__village__township", "posting__department", "photo"
    )


def book_of(
    serving: Sequence[Service], first: date, last: date
) -> dict[tuple[int, int, date], bool]:
    """The marks of the village's book by posting, person and day."""
    rows = BookEntry.objects.filter(
        posting__in={one.posting.pk for one in serving}, day__range=(first, last)
    )
    marks = rows.values_list("posting", "person", "day", "present")
    return {(posting, person, day): present for posting, person, day, present in marks}


@dataclass(frozen=True)
class VillageBook:
    """A village with how many of those serving there have their month in the book."""

    village: Village
    serving: int
    entered: int

    @property
    def done(self) -> bool:
        return self.serving == self.entered


def villages_and_books(reach: Reach, month: date, **conditions: object) -> list[VillageBook]:
    """The villages where somebody served in the month, each with the state of its book."""
    first, last = month.replace(day=1), last_of_month(month)
    serving = services_in(reach, first, last, **conditions)
    entered = {key[:2] for key in book_of(serving, first, last)}
    found: dict[int, list[Service]] = {}
    for service in serving:
        found.setdefault(service.posting.village_id, []).append(service)
    return [
        VillageBook(rows[0].posting.village, len(rows), sum(one.key in entered for one in rows))
        for rows in found.values()
    ]
