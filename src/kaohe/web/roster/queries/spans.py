"""Rows with a first and a last day (`start`, `end`; no end: still going on), as conditions."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.formats import date_format


def going_on(day: date) -> Q:
    """Those of the day, its first and last day included."""
    return overlapping(day, day)


def not_over(day: date) -> Q:
    """Those whose last day is not before the day; they may be still to come."""
    return Q(end__isnull=True) | Q(end__gte=day)


def overlapping(start: date, end: date | None) -> Q:
    """Those that share at least a day with the time from start to end."""
    met = not_over(start)
    return met if end is None else met & Q(start__lte=end)


def span(start: date, end: date | None) -> str:
    """2016年1月1日起, or 2016年1月1日至2016年5月31日."""
    first = date_format(start)
    return f"{first}起" if end is None else f"{first}至{date_format(end)}"
