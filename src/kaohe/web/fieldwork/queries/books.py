"""All that is written about some services in some days, read at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import BookEntry, Journal, Leave, Noted, Settlement, SignIn
from kaohe.web.fieldwork.queries.closings import terms_of
from kaohe.web.fieldwork.queries.postings import Service
from kaohe.web.roster.models import Posting
from kaohe.web.roster.queries.spans import overlapping

Key = tuple[int, int, date]  # posting, person, day


@dataclass(frozen=True)
class Books:
    """Keys of rows by posting, person and day."""

    entries: dict[Key, tuple[int, bool]]
    # Posting, person and first day of each month of which the village's book is entered.
    entered: set[Key]
    journals: dict[Key, int]
    # Key, whether outside of the village, and what should be known beside it.
    sign_ins: dict[Key, tuple[int, bool, str]]
    # Village, day, person → the first secretary's journal.
    noted: dict[tuple[int, date, int], int]
    secretaries: dict[int, list[tuple[date, date | None]]]
    # By person and day: it says in which posting somebody was on a day, or that they were in none.
    settlements: dict[tuple[int, date], Settlement]
    leaves: dict[int, list[Leave]]

    def has_secretary(self, village_id: int, day: date) -> bool:
        """Whether a first secretary serves in the village on a day."""
        spans = self.secretaries.get(village_id, [])
        return any(start <= day and (end is None or day <= end) for start, end in spans)

    def leave(self, person_id: int, day: date) -> Leave | None:
        """The approved leave or absence that a person is on."""
        leaves = self.leaves.get(person_id, [])
        return next((one for one in leaves if one.first <= day <= one.away_until), None)


def read_books(services: Sequence[Service], first: date, last: date) -> Books:
    """Everything about the services from the first day to the last."""
    postings = {service.posting.pk for service in services}
    people = {service.person.pk for service in services}
    villages = {service.posting.village_id for service in services}
    about = {"posting__in": postings, "person__in": people}
    days = (first, last)
    entries = {
        (posting, person, day): (pk, present)
        for posting, person, day, pk, present in BookEntry.objects.filter(
            # Whole months: whether the book was entered is a question about the month.
            day__range=(first.replace(day=1), last_of_month(last)),
            **about,
        ).values_list("posting", "person", "day", "pk", "present")
    }
    journals = Journal.objects.filter(day__range=days, **about)
    settlements = Settlement.objects.filter(day__range=days, person__in=people)
    return Books(
        entries=entries,
        entered={(posting, person, day.replace(day=1)) for posting, person, day in entries},
        journals={
            (posting, person, day): pk
            for posting, person, day, pk in journals.values_list("posting", "person", "day", "pk")
        },
        sign_ins=_sign_ins(services, days, about),
        noted=_noted(villages, days),
        secretaries=_secretaries(villages, first, last),
        settlements={(row.person_id, row.day): row for row in settlements},
        leaves=_leaves(people, first, last),
    )


def _sign_ins(
    services: Sequence[Service], days: tuple[date, date], about: dict[str, set[int]]
) -> dict[Key, tuple[int, bool, str]]:
    rows = SignIn.objects.filter(day__range=days, **about).only(
        "posting", "person", "day", "distance", "accuracy", "late_reason", "latitude"
    )
    radius: dict[int, int] = {}
    county = services[0].posting.county_id if services else 0
    found = {}
    for row in rows:
        if row.day.year not in radius:
            radius[row.day.year] = terms_of(county, row.day).village_radius
        outside = row.outside(radius[row.day.year])
        found[(row.posting_id, row.person_id, row.day)] = (row.pk, outside, _note(row, outside))
    return found


def _note(row: SignIn, outside: bool) -> str:
    marks = []
    if outside:
        marks.append("村外")
    if row.latitude is None:
        marks.append("没有位置")
    if row.late:
        marks.append("补签")
    return "、".join(marks)


def _noted(villages: set[int], days: tuple[date, date]) -> dict[tuple[int, date, int], int]:
    rows = Noted.objects.filter(
        journal__posting__village__in=villages,
        journal__posting__kind=Posting.Kind.FIRST_SECRETARY,
        journal__day__range=days,
    ).values_list("journal__posting__village", "journal__day", "person", "journal")
    return {(village, day, person): journal for village, day, person, journal in rows}


def _secretaries(
    villages: set[int], first: date, last: date
) -> dict[int, list[tuple[date, date | None]]]:
    rows = Posting.objects.filter(
        overlapping(first, last), village__in=villages, kind=Posting.Kind.FIRST_SECRETARY
    ).values_list("village", "start", "end")
    found = defaultdict(list)
    for village, start, end in rows:
        found[village].append((start, end))
    return found


def _leaves(people: set[int], first: date, last: date) -> dict[int, list[Leave]]:
    rows = Leave.objects.filter(
        person__in=people,
        state__in=[Leave.State.APPROVED, Leave.State.RETURNED],
        first__lte=last,
        last__gte=first,
    )
    found = defaultdict(list)
    for row in rows.order_by("first"):
        found[row.person_id].append(row)
    return found
