"""A person's month of journals as a calendar: written, late, missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.calendar import CalendarDay, last_of_month
from kaohe.web.fieldwork.models import Journal, Leave
from kaohe.web.fieldwork.queries.closings import terms_of
from kaohe.web.fieldwork.queries.journals import days_late
from kaohe.web.fieldwork.queries.postings import Service, own_services, services_in
from kaohe.web.fieldwork.queries.reach import journals_in
from kaohe.web.fieldwork.queries.workdays import calendar_of, in_weeks
from kaohe.web.roster.models import Person

_AWAY = (Leave.State.APPROVED, Leave.State.RETURNED)


@dataclass(frozen=True)
class JournalDay:
    """A day of the month. serving: the person had to be in the village, being on no leave."""

    calendar: CalendarDay
    journal: Journal | None
    serving: bool
    on_leave: bool
    open: bool

    @property
    def day(self) -> date:
        return self.calendar.day

    @property
    def late(self) -> int:
        return 0 if self.journal is None else days_late(self.journal)

    @property
    def missing(self) -> bool:
        """A working day in service, past and not on leave, without a journal."""
        past = self.day < timezone.localdate()
        due = self.serving and not self.on_leave and self.calendar.works is not False
        return past and due and self.journal is None

    @property
    def writable(self) -> bool:
        return self.open and self.serving and self.journal is None


@dataclass(frozen=True)
class JournalMonth:
    """A person's month in weeks, Monday first."""

    person: Person
    month: date
    weeks: Sequence[Sequence[JournalDay | None]]

    @property
    def days(self) -> list[JournalDay]:
        return [day for week in self.weeks for day in week if day is not None]

    @property
    def written(self) -> int:
        return sum(1 for day in self.days if day.journal is not None)

    @property
    def late(self) -> int:
        return sum(1 for day in self.days if day.late)

    @property
    def missing(self) -> int:
        return sum(1 for day in self.days if day.missing)


def people_of_month(reach: Reach, month: date) -> list[Person]:
    """Those within reach who served in the month, by township, village and kind."""
    found = services_in(reach, month, last_of_month(month))
    return list({one.person.pk: one.person for one in found}.values())


def journal_month(reach: Reach, person: Person, month: date) -> JournalMonth:
    """The person's month; the person must be within reach."""
    first, last = month.replace(day=1), last_of_month(month)
    serving = [one for one in services_in(reach, first, last) if one.person.pk == person.pk]
    rows = journals_in(reach).filter(person=person, day__range=(first, last))
    written = {row.day: row for row in rows}
    away = days_away([person.pk], first, last)
    today = timezone.localdate()
    grace = timedelta(days=terms_of(reach.county_id, last).journal_grace)
    days = [
        JournalDay(
            calendar=one,
            journal=written.get(one.day),
            serving=any(service.serves(one.day) for service in serving),
            on_leave=(person.pk, one.day) in away,
            open=one.day <= today <= one.day + grace,
        )
        for one in calendar_of(reach.county_id, first, last)
    ]
    return JournalMonth(person, first, in_weeks(days, first))


def unwritten_days(actor: Actor, today: date) -> list[date]:
    """The working days before today whose missing journal may still be written, in order."""
    grace = terms_of(actor.county_id, today).journal_grace
    first, last = today - timedelta(days=grace), today - timedelta(days=1)
    serving = own_services(actor, first, last) if grace else []
    if not serving:
        return []
    people = {one.person.pk for one in serving}
    rows = Journal.objects.filter(person__in=people, day__range=(first, last))
    written = set(rows.values_list("day", flat=True))
    away = days_away(people, first, last)
    return [
        one.day
        for one in calendar_of(actor.county_id, first, last)
        if one.works and one.day not in written and _serves(serving, one.day, away)
    ]


def days_away(people: Iterable[int], first: date, last: date) -> set[tuple[int, date]]:
    """Person and day for each day of an approved leave or official absence."""
    rows = Leave.objects.filter(
        person__in=set(people), state__in=_AWAY, first__lte=last, last__gte=first
    )
    found = set()
    for leave in rows:
        day = max(leave.first, first)
        while day <= min(leave.away_until, last):
            found.add((leave.person_id, day))
            day += timedelta(days=1)
    return found


def _serves(serving: Sequence[Service], day: date, away: set[tuple[int, date]]) -> bool:
    return any(one.serves(day) and (one.person.pk, day) not in away for one in serving)
