"""Village teams as pages show them: who is in them, where they serve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Person, Posting, Team, TeamMember, Unit
from kaohe.web.roster.queries.reach import postings_in, teams_in
from kaohe.web.roster.queries.spans import going_on, overlapping


def teams_listed(reach: Reach) -> QuerySet[Team]:
    """Teams; `serving` holds their postings of today, `present` their members of today."""
    today = going_on(timezone.localdate())
    postings = postings_in(reach).filter(today).select_related("village__township", "department")
    members = TeamMember.objects.filter(today).select_related("person")
    return teams_in(reach).prefetch_related(
        Prefetch("postings", postings, to_attr="serving"),
        Prefetch("members", members, to_attr="present"),
    )


def serving_under(rows: QuerySet[Team], unit: Unit) -> QuerySet[Team]:
    """Teams that serve today in a township, or for a department."""
    today = Posting.objects.filter(going_on(timezone.localdate()))
    sent = (
        today.filter(village__township=unit) if unit.is_township else today.filter(department=unit)
    )
    return rows.filter(pk__in=sent.filter(team__isnull=False).values("team"))


def members_in(reach: Reach) -> QuerySet[TeamMember]:
    """The members of the teams within reach."""
    return TeamMember.objects.filter(team__in=teams_in(reach)).select_related("team", "person")


def members_of(team: Team) -> QuerySet[TeamMember]:
    """All members that a team ever had: the present ones first, of them the leader."""
    return team.members.select_related("person__unit").order_by(
        F("end").desc(nulls_first=True), "-leader", "start"
    )


def postings_of(team: Team, reach: Reach) -> QuerySet[Posting]:
    """Where a team serves and served."""
    rows = postings_in(reach).filter(team=team)
    return rows.select_related("village__township", "department").order_by("-start")


def leader_on(team: Team, day: date) -> TeamMember | None:
    """Who leads a team on a day."""
    leaders = team.members.filter(going_on(day), leader=True)
    return leaders.select_related("person", "team").first()


def membership_of(team: Team, person: Person, day: date) -> TeamMember | None:
    """Somebody's membership on a day."""
    rows = team.members.filter(going_on(day), person=person)
    return rows.select_related("person", "team").first()


def membership_in_the_way(member: TeamMember) -> TeamMember | None:
    """Another membership that this one must not overlap: the same person's, another leader's."""
    rows = member.team.members.filter(overlapping(member.start, member.end)).exclude(pk=member.pk)
    same = rows.filter(person=member.person).first()
    return same or (rows.filter(leader=True).first() if member.leader else None)


def still_open(team: Team) -> Sequence[str]:
    """What of a team has no last day yet, in words; it must end before the team does."""
    members = team.members.filter(end__isnull=True).select_related("person")
    postings = team.postings.filter(end__isnull=True).select_related("village")
    return [
        *(f"队员{row.person}" for row in members),
        *(f"在{row.village}的派驻" for row in postings),
    ]
