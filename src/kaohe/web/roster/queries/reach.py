"""A reach as rows: which units, villages, people, teams, postings it holds. Every read starts here.

A township reaches its villages, all who serve there, and its own staff; a department its own staff
and whom it sent; a person themselves, their team and where they serve.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import (
    Account,
    ImportBatch,
    Person,
    Posting,
    Team,
    TeamMember,
    Unit,
    Village,
    WorkYear,
)


def years_in(reach: Reach) -> QuerySet[WorkYear]:
    """Years and their regulation are the county's own and open to all of it."""
    return WorkYear.objects.filter(county_id=reach.county_id)


def postings_in(reach: Reach) -> QuerySet[Posting]:
    rows = Posting.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    own_teams = Team.objects.filter(members__person__in=reach.people)
    return rows.filter(
        Q(village__township__in=reach.townships)
        | Q(department__in=reach.units)
        | Q(person__in=reach.people)
        | Q(team__in=own_teams)
    )


def villages_in(reach: Reach) -> QuerySet[Village]:
    rows = Village.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    served = postings_in(reach).values("village")
    return rows.filter(Q(township__in=reach.townships) | Q(pk__in=served))


def units_in(reach: Reach) -> QuerySet[Unit]:
    rows = Unit.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    own = Person.objects.filter(pk__in=reach.people, unit__isnull=False)
    postings = postings_in(reach)
    return rows.filter(
        Q(pk__in=reach.units)
        | Q(pk__in=own.values("unit"))
        | Q(pk__in=postings.values("department"))
        | Q(pk__in=postings.values("village__township"))
    )


def teams_in(reach: Reach) -> QuerySet[Team]:
    rows = Team.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    return rows.filter(
        Q(pk__in=postings_in(reach).filter(team__isnull=False).values("team"))
        | Q(pk__in=Team.objects.filter(members__person__in=reach.people).values("pk"))
    )


def people_in(reach: Reach) -> QuerySet[Person]:
    rows = Person.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    own = Q(pk__in=reach.people)
    if not reach.units:
        return rows.filter(own)
    # A unit sees its staff, and those who serve under it or for it.
    serving = postings_in(reach)
    members = TeamMember.objects.filter(team__in=serving.filter(team__isnull=False).values("team"))
    return rows.filter(
        own
        | Q(unit__in=reach.units)
        | Q(pk__in=serving.filter(person__isnull=False).values("person"))
        | Q(pk__in=members.values("person"))
    )


def imports_in(reach: Reach) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(county_id=reach.county_id)


def accounts_in(reach: Reach) -> QuerySet[Account]:
    return Account.objects.filter(county_id=reach.county_id)
