"""Months of service: only of those who came or went within the period."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from kaohe.web.fieldwork.calendar import days_between
from kaohe.web.fieldwork.facts.asked import Asked, Counts, postings_between
from kaohe.web.fieldwork.facts.periods import Period
from kaohe.web.fieldwork.facts.subjects import Subject
from kaohe.web.fieldwork.queries.counted import Counted


def months_of_service(asked: Asked) -> Counts:
    """In how many months of a period somebody served at least as many days as the scheme asks.

    Whoever served on each of its days has no such fact: then the period's own months hold. Nor has
    who did not serve in it at all.
    """
    least = asked.year.scheme.fieldwork.service_month
    found: Counts = {}
    for subject in asked.subjects:
        for period in asked.periods:
            served = _days(subject, period)
            if 0 < len(served) < (period.last - period.first).days + 1:
                months = Counter(day.replace(day=1) for day in served)
                number = sum(1 for days in months.values() if days >= least)
                found[subject.key, period.key] = Counted(Decimal(number), _rows(subject, period))
    return found


def _days(subject: Subject, period: Period) -> set[date]:
    return {
        day
        for posting in postings_between([subject], period.first, period.last)
        for day in days_between(
            max(posting.start, period.first), min(posting.end or date.max, period.last)
        )
    }


def _rows(subject: Subject, period: Period) -> tuple[tuple[str, int], ...]:
    postings = postings_between([subject], period.first, period.last)
    return tuple(("roster.posting", posting.pk) for posting in postings)
