"""A reach as rows of daily work. Every read starts here.

A township reaches what concerns its villages, a department whom it sent and its own, a person their
own rows only: colleagues of a team do not read each other's journals.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import (
    BookEntry,
    Evidence,
    Journal,
    Leave,
    MonthlyReport,
    Settlement,
    SignIn,
    Workday,
)
from kaohe.web.fieldwork.models.service import ServiceRecord
from kaohe.web.roster.models import Person

Served = TypeVar("Served", bound=ServiceRecord)


def sign_ins_in(reach: Reach) -> QuerySet[SignIn]:
    return _served(SignIn.objects.all(), reach)


def book_in(reach: Reach) -> QuerySet[BookEntry]:
    return _served(BookEntry.objects.all(), reach)


def settlements_in(reach: Reach) -> QuerySet[Settlement]:
    return _served(Settlement.objects.all(), reach)


def leaves_in(reach: Reach) -> QuerySet[Leave]:
    return _served(Leave.objects.all(), reach)


def journals_in(reach: Reach) -> QuerySet[Journal]:
    return _served(Journal.objects.all(), reach)


def reports_in(reach: Reach) -> QuerySet[MonthlyReport]:
    return _served(MonthlyReport.objects.all(), reach)


def evidence_in(reach: Reach) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    sent = Person.objects.filter(postings__department__in=reach.units)
    return rows.filter(
        Q(person__in=reach.people)
        | Q(unit__in=reach.units)
        | Q(village__township__in=reach.townships)
        | Q(person__in=sent)
    )


def workdays_in(reach: Reach) -> QuerySet[Workday]:
    """The county's calendar is open to all of it."""
    return Workday.objects.filter(county_id=reach.county_id)


def _served(rows: QuerySet[Served], reach: Reach) -> QuerySet[Served]:
    rows = rows.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    return rows.filter(
        Q(person__in=reach.people)
        | Q(posting__village__township__in=reach.townships)
        | Q(posting__department__in=reach.units)
    )
