"""Village teams themselves; who is in them is in members.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Sent, writing
from kaohe.web.roster.models import Team
from kaohe.web.roster.queries.reach import teams_in
from kaohe.web.roster.queries.teams import still_open


@dataclass(frozen=True)
class TeamFacts:
    """What is said of a team itself."""

    code: str
    name: str
    ended: date | None


def add_team(*, actor: Actor, facts: TeamFacts, sent: Sent | None = None) -> Team:
    """Enter a team; its members and where it serves come after."""
    with writing(actor, "team.change", sent=sent) as change:
        team = Team(county_id=actor.county_id)
        _fill(team, facts)
        change.create(team)
        change.leads_to(reverse("roster:team", args=[team.pk]))
        return team


def change_team(
    *, actor: Actor, team_id: int, seen: int, facts: TeamFacts, sent: Sent | None = None
) -> Team:
    """Change a team that stood at version `seen`; it ends when nobody is in it any more."""
    with writing(actor, "team.change", sent=sent) as change:
        team = change.find(teams_in(change.reach), team_id, version=seen)
        _fill(team, facts)
        if team.ended is not None and (bound := still_open(team)):
            raise Refusal(
                f"{team}还有没结束的：{'、'.join(bound)}。请先登记它们的结束日期，再填撤销日期。",
                field="ended",
            )
        change.update(team)
        change.leads_to(reverse("roster:team", args=[team.pk]))
        return team


def _fill(team: Team, facts: TeamFacts) -> None:
    team.code = facts.code
    team.name = facts.name
    team.ended = facts.ended
