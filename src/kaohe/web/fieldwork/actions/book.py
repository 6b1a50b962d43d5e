"""Entering a village's paper attendance book, a month at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import BookEntry
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, year_of
from kaohe.web.fieldwork.queries.postings import Service, people_of, services_in
from kaohe.web.roster.queries.reach import villages_in

Key = tuple[int, int, date]  # posting, person, day


@dataclass(frozen=True)
class Mark:
    """A cell that was changed: what it was when shown, and what it shall be; None: not noted."""

    posting_id: int
    person_id: int
    day: date
    was: bool | None
    now: bool | None

    @property
    def key(self) -> Key:
        return self.posting_id, self.person_id, self.day


class BookRefused(Exception):
    """Nothing was stored. wrong: sentences by cell; theirs: what others entered meanwhile."""

    def __init__(self, wrong: Mapping[Key, str], theirs: Mapping[Key, bool | None]) -> None:
        self.wrong = wrong
        self.theirs = theirs
        super().__init__("一格也没有保存")


def enter_book(
    *, actor: Actor, village_id: int, month: date, marks: Sequence[Mark], sent: Sent | None = None
) -> int:
    """Enter the changed cells of a village's book; how many rows changed. All of them or none.

    Raises BookRefused for cells that cannot be entered or that somebody else changed meanwhile, and
    Refusal for a closed month.
    """
    with writing(actor, "attendance.book", sent=sent) as change:
        first, last = month.replace(day=1), last_of_month(month)
        # Two who enter the same book wait for each other.
        village = change.find(villages_in(change.reach), village_id)
        where = f"?village={village.pk}&month={first:%Y-%m}"
        change.leads_to(f"{reverse('fieldwork:book')}{where}")
        refuse_if_closed(year_of(actor.county_id, first), first)
        serving = services_in(change.reach, first, last, village=village.pk)
        rows = BookEntry.objects.filter(
            person__in={one.person.pk for one in serving}, day__range=(first, last)
        )
        known = {(row.person_id, row.day): row for row in change.find_all(rows)}
        _refuse_wrong(change, marks, serving, known)
        return _store(change, marks, serving, known)


def _refuse_wrong(
    change: Change,
    marks: Sequence[Mark],
    serving: Sequence[Service],
    known: Mapping[tuple[int, date], BookEntry],
) -> None:
    by_key = {service.key: service for service in serving}
    own, today = people_of(change.actor), timezone.localdate(change.at)
    wrong: dict[Key, str] = {}
    theirs: dict[Key, bool | None] = {}
    for mark in marks:
        service = by_key.get((mark.posting_id, mark.person_id))
        row = known.get((mark.person_id, mark.day))
        stored = None if row is None else row.present
        if service is None or not service.serves(mark.day):
            wrong[mark.key] = "这一天不在派驻期间，不能填。"
        elif mark.day > today:
            wrong[mark.key] = "这一天还没有到，不能填。"
        elif mark.person_id in own:
            wrong[mark.key] = "不能录自己的考勤，请由别人录。"
        elif row is not None and row.posting_id != mark.posting_id:
            wrong[mark.key] = f"这一天已记在{row.posting.village}的考勤簿上。"
        elif stored not in {mark.was, mark.now}:
            theirs[mark.key] = stored
    if wrong or theirs:
        raise BookRefused(wrong, theirs)


def _store(
    change: Change,
    marks: Sequence[Mark],
    serving: Sequence[Service],
    known: Mapping[tuple[int, date], BookEntry],
) -> int:
    by_key = {service.key: service for service in serving}
    fresh, changed, gone = [], [], []
    for mark in marks:
        row = known.get((mark.person_id, mark.day))
        if row is None and mark.now is not None:
            service = by_key[(mark.posting_id, mark.person_id)]
            fresh.append(
                BookEntry(
                    county_id=change.actor.county_id,
                    posting=service.posting,
                    person=service.person,
                    day=mark.day,
                    present=mark.now,
                )
            )
        elif row is not None and mark.now is None:
            gone.append(row)
        elif row is not None and mark.now is not None and row.present != mark.now:
            row.present = mark.now
            changed.append(row)
    change.create_many(fresh)
    change.update_many(changed, ["present"])
    change.delete_many(gone)
    return len(fresh) + len(changed) + len(gone)
