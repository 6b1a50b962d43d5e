"""Leaves as pages show them, and those that stand in each other's way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.calendar import days_between
from kaohe.web.fieldwork.models import Leave
from kaohe.web.fieldwork.queries.reach import leaves_in
from kaohe.web.fieldwork.queries.workdays import count_working_days

_HOLDING = (Leave.State.APPLIED, Leave.State.APPROVED, Leave.State.RETURNED)


def leaves_listed(reach: Reach) -> QuerySet[Leave]:
    """Leaves with all that a line of theirs names."""
    return leaves_in(reach).select_related(
        "person", "posting__village__township", "posting__department", "posting__person"
    )


def overdue(rows: QuerySet[Leave]) -> QuerySet[Leave]:
    """Approved leaves that are over and not ended in writing."""
    return rows.filter(state=Leave.State.APPROVED, last__lt=timezone.localdate())


def in_the_way(person_id: int, first: date, last: date) -> Leave | None:
    """Another leave of the person on one of the days; None when there is none.

    One that was ended early leaves the days after it free.
    """
    rows = Leave.objects.filter(
        person=person_id, state__in=_HOLDING, first__lte=last, last__gte=first
    )
    return next((one for one in rows.order_by("first") if one.away_until >= first), None)


@dataclass(frozen=True)
class LeaveDays:
    """A leave's length: all days, and working days (None while a year's are unknown)."""

    days: int
    working: int | None

    @property
    def text(self) -> str:
        if self.working is None:
            return f"{self.days} 天"
        return f"{self.days} 天，其中工作日 {self.working} 天"


def leave_days(county_id: int, first: date, last: date) -> LeaveDays:
    """The days from the first to the last, with the county's working days among them."""
    days = days_between(first, last)
    return LeaveDays(len(days), count_working_days(county_id, days))


@dataclass(frozen=True)
class LeaveFacts:
    """What a leave's page tells beside its own columns."""

    applied: LeaveDays
    away: LeaveDays
    after_the_fact: bool
    overdue_days: int


def facts_of(leave: Leave) -> LeaveFacts:
    """Its length as applied for and as it was, and what is irregular about it."""
    today = timezone.localdate()
    open_since = (today - leave.last).days if leave.state == Leave.State.APPROVED else 0
    return LeaveFacts(
        applied=leave_days(leave.county_id, leave.first, leave.last),
        away=leave_days(leave.county_id, leave.first, leave.away_until),
        after_the_fact=timezone.localdate(leave.created_at) > leave.first,
        overdue_days=max(0, open_since),
    )


def decided_by_others(reach: Reach, own: frozenset[int]) -> QuerySet[Leave]:
    """Applications that wait for a decision within reach; never one's own."""
    rows = leaves_listed(reach).filter(state=Leave.State.APPLIED)
    return rows.exclude(person__in=own).order_by("first")
