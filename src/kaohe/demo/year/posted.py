"""Inspections of those who serve in a village, on days on which they are met there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kaohe.demo.dice import Dice
from kaohe.demo.model import Village
from kaohe.demo.year.county_model import Inspected, InspectionSort, Visit
from kaohe.demo.year.days import MONTHS, WORKING, last_of
from kaohe.demo.year.serving import Service
from kaohe.demo.year.visiting import SENDERS, TOWNSHIPS, Inspectors

# Of those of a kind, an office visits so many in a month.
_BY_OFFICE = 0.06
# Somebody who was not there is written down now and then; mostly it was no day of theirs.
_MISSED = 0.05


@dataclass(frozen=True)
class Days:
    """Who was in the village, and who away, on which days."""

    there: Mapping[Service, Collection[date]]
    away: Mapping[Service, Collection[date]]


def posting_visits(
    seed: int, village: Village, services: Sequence[Service], inspected: Inspected, days: Days
) -> Iterator[Visit]:
    """A month's visits by the township, the sender, and now and then by an office."""
    dice = Dice(seed, f"visits to {village.code}")
    inspectors = Inspectors(dice, inspected)
    by_posting: dict[int, list[Service]] = {}
    for one in services:
        by_posting.setdefault(one.number, []).append(one)
    for month in MONTHS:
        for number, here in by_posting.items():
            posting = here[0].posting
            first, last = max(posting.start, month), last_of(month)
            if first > last or (posting.end is not None and posting.end < month):
                continue
            for sort, body, lead in _bodies(dice, inspected.sorts, here[0], village):
                met = _met(here, days, month)
                visit = inspectors.visit(
                    sort,
                    month,
                    body,
                    lead,
                    posting.kind.label,
                    met,
                    posting=number,
                    village=village.code,
                )
                if visit.day is not None:
                    visit = visit._replace(seen=tuple(_seen(dice, here, days, visit.day)))
                yield visit


def _bodies(
    dice: Dice, sorts: Sequence[InspectionSort], service: Service, village: Village
) -> Iterator[tuple[InspectionSort, str, str | None]]:
    """Who visits somebody in a month: sort, body and the body's unit."""
    for sort in sorts:
        if service.kind.label not in sort.kinds:
            continue
        for body, lead in sort.bodies:
            if body == TOWNSHIPS:
                yield sort, body, village.township
            elif body == SENDERS:
                if service.posting.department is not None:
                    yield sort, body, service.posting.department
            elif dice.chance(_BY_OFFICE):
                yield sort, body, lead


def _met(here: Sequence[Service], days: Days, month: date) -> list[date]:
    """The working days of the month on which somebody of the posting was there."""
    there = {day for one in here for day in days.there[one]}
    return sorted(day for day in there if day in WORKING and day.month == month.month)


def _seen(dice: Dice, here: Sequence[Service], days: Days, day: date) -> Iterator[tuple[str, str]]:
    for one in here:
        if not one.serves(day):
            continue
        if day in days.there[one]:
            yield one.person, "here"
        elif day in days.away[one]:
            yield one.person, "leave"
        elif dice.chance(_MISSED):
            yield one.person, "away"
