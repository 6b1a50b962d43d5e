"""A reach as rows of daily work. Every read starts here.

A township reaches what concerns its villages, a department whom it sent and its own, a person their
own rows only: colleagues of a team do not read each other's journals.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import (
    Adoption,
    BookEntry,
    Concerned,
    Evidence,
    FundIntegration,
    InformationItem,
    Journal,
    Leave,
    MonthClosing,
    MonthlyReport,
    ProgressReport,
    Project,
    ProjectCheck,
    Question,
    Settlement,
    SignIn,
    VillageExit,
    Workday,
    WorkRecord,
)
from kaohe.web.fieldwork.models.service import ServiceRecord
from kaohe.web.roster.models import Person, Team

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


def information_in(reach: Reach) -> QuerySet[InformationItem]:
    rows = InformationItem.objects.filter(county_id=reach.county_id)
    return rows if reach.whole else rows.filter(_of_unit_or_posting(reach))


def adoptions_in(reach: Reach) -> QuerySet[Adoption]:
    return Adoption.objects.filter(item__in=information_in(reach))


def work_records_in(reach: Reach) -> QuerySet[WorkRecord]:
    rows = WorkRecord.objects.filter(county_id=reach.county_id)
    return rows if reach.whole else rows.filter(_of_unit_or_posting(reach))


def projects_in(reach: Reach) -> QuerySet[Project]:
    rows = Project.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    return rows.filter(Q(village__township__in=reach.townships) | Q(department__in=reach.units))


def progress_in(reach: Reach) -> QuerySet[ProgressReport]:
    return ProgressReport.objects.filter(project__in=projects_in(reach))


def project_checks_in(reach: Reach) -> QuerySet[ProjectCheck]:
    return ProjectCheck.objects.filter(project__in=projects_in(reach))


def funds_in(reach: Reach) -> QuerySet[FundIntegration]:
    rows = FundIntegration.objects.filter(unit__county_id=reach.county_id)
    return rows if reach.whole else rows.filter(unit__in=reach.units)


def exits_in(reach: Reach) -> QuerySet[VillageExit]:
    rows = VillageExit.objects.filter(village__county_id=reach.county_id)
    return rows if reach.whole else rows.filter(village__township__in=reach.townships)


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


def questions_in(reach: Reach) -> QuerySet[Question]:
    """Those that concern somebody within reach."""
    rows = Question.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    return rows.filter(pk__in=concerned_in(reach).values("question"))


def concerned_in(reach: Reach) -> QuerySet[Concerned]:
    """Who is concerned by a question, those within reach."""
    rows = Concerned.objects.filter(question__county_id=reach.county_id)
    if reach.whole:
        return rows
    return rows.filter(
        Q(person__in=reach.people)
        | Q(posting__village__township__in=reach.townships)
        | Q(posting__department__in=reach.units)
    )


def closings_in(reach: Reach) -> QuerySet[MonthClosing]:
    """Which months are closed, and since when, is open to all of the county."""
    return MonthClosing.objects.filter(year__county_id=reach.county_id)


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


def _of_unit_or_posting(reach: Reach) -> Q:
    teams = Team.objects.filter(members__person__in=reach.people)
    return (
        Q(unit__in=reach.units)
        | Q(posting__village__township__in=reach.townships)
        | Q(posting__department__in=reach.units)
        | Q(posting__person__in=reach.people)
        | Q(posting__team__in=teams)
    )
