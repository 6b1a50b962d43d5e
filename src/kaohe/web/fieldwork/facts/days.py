"""Days in the village, from the cross-check that attendance pages show too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.facts.asked import Asked, Counts, postings_between
from kaohe.web.fieldwork.facts.periods import months_between
from kaohe.web.fieldwork.models import BookEntry
from kaohe.web.fieldwork.queries.attendance import DayCount, days_in_villages
from kaohe.web.fieldwork.queries.counted import Counted


def days_in_village(asked: Asked) -> Counts:
    """The days of each period's months that count, added up over a subject's postings.

    A posting's month is known once a day of it counts, or the village's book is entered for whoever
    the number is of. While none of the period is known there is no fact.
    """
    found: Counts = {}
    months = sorted(
        {month for one in asked.periods for month in months_between(one.first, one.last)}
    )
    counts = {month: _counts(asked, month) for month in months}
    for subject in asked.subjects:
        for period in asked.periods:
            known = [
                counts[month][posting.pk]
                for month in months_between(period.first, period.last)
                for posting in subject.postings
                if posting.pk in counts[month]
            ]
            if known:
                days = Decimal(sum(one.days for one in known))
                rows = tuple(row for one in known for row in one.rows)
                found[subject.key, period.key] = Counted(days, rows)
    return found


def _counts(asked: Asked, month: date) -> dict[int, DayCount]:
    """The month's counts that are known, by posting."""
    postings = postings_between(asked.subjects, month, last_of_month(month))
    if not postings:
        return {}
    entered = set(
        BookEntry.objects.filter(
            posting__in=[one.pk for one in postings], day__range=(month, last_of_month(month))
        )
        .values_list("posting", "person")
        .distinct()
    )
    counts = days_in_villages(postings, month)
    return {pk: one for pk, one in counts.items() if one.days or _key(one) in entered}


def _key(count: DayCount) -> tuple[int, int] | None:
    return None if count.person is None else count.person.service.key
