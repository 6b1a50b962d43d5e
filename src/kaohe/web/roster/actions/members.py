"""Members of village teams, and who leads them: one at a time."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.models import Person, Team, TeamMember
from kaohe.web.roster.queries.reach import people_in, teams_in
from kaohe.web.roster.queries.spans import overlapping, span
from kaohe.web.roster.queries.teams import (
    leader_on,
    members_in,
    membership_in_the_way,
    membership_of,
)

DAY = timedelta(days=1)


def add_member(
    *,
    actor: Actor,
    team_id: int,
    person_id: int,
    leader: bool,
    start: date,
    sent: Sent | None = None,
) -> TeamMember:
    """Take somebody into a team. The first one leads it; another leader comes by change_leader."""
    with writing(actor, "team.change", sent=sent) as change:
        team = _open_team(change, team_id)
        person = _staying(change, person_id, start)
        member = TeamMember(team=team, person=person, leader=leader, start=start)
        if not leader and leader_on(team, start) is None:
            raise Refusal(f"{team}在{date_format(start)}还没有队长，请先登记队长。", field="leader")
        _refuse_overlap(member)
        change.create(member)
        change.leads_to(reverse("roster:team", args=[team.pk]))
        return member


def end_member(
    *, actor: Actor, member_id: int, seen: int, end: date, sent: Sent | None = None
) -> TeamMember:
    """Enter somebody's last day in a team; a leader leaves last, or after another took over."""
    with writing(actor, "team.change", sent=sent) as change:
        # The team is locked before its members, as everywhere, so no two actions block each other.
        teams = members_in(change.reach).filter(pk=member_id).values_list("team", flat=True)
        change.find(teams_in(change.reach), teams.first())
        member = change.find(members_in(change.reach), member_id, version=seen)
        if member.end is not None:
            raise Refusal(f"{member}已离队：{span(member.start, member.end)}。", field="end")
        if member.leader and member.team.members.filter(overlapping(end + DAY, None), leader=False):
            raise Refusal(
                f"{member.person}是队长，队里那时还有别的队员。请用“换队长”，由新队长接任。",
                field="end",
            )
        member.end = end
        change.update(member)
        change.leads_to(reverse("roster:team", args=[member.team_id]))
        return member


def change_leader(
    *,
    actor: Actor,
    team_id: int,
    person_id: int,
    start: date,
    stays: bool,
    sent: Sent | None = None,
) -> TeamMember:
    """Give a team another leader from a day on; the old one leaves, or stays as a member.

    A leadership is a time of its own, so the day before ends it and whatever the new leader was.
    """
    with writing(actor, "team.change", sent=sent) as change:
        team = _open_team(change, team_id)
        person = _staying(change, person_id, start)
        old = _outgoing(team, person, start)
        until = old.end
        _end_before(change, old, start)
        new = _lead(change, team, person, start)
        if stays:
            member = TeamMember(team=team, person=old.person, start=start, end=until)
            _refuse_overlap(member)
            change.create(member)
        change.leads_to(reverse("roster:team", args=[team.pk]))
        return new


def _open_team(change: Change, team_id: int) -> Team:
    team = change.find(teams_in(change.reach), team_id)
    if team.ended is not None:
        raise Refusal(f"{team}已于{date_format(team.ended)}撤销，不能再调整队员。")
    return team


def _staying(change: Change, person_id: int, start: date) -> Person:
    person = change.find(people_in(change.reach), person_id)
    if person.left is not None and person.left < start:
        raise Refusal(f"{person}已于{date_format(person.left)}离开。", field="person")
    return person


def _refuse_overlap(member: TeamMember) -> None:
    other = membership_in_the_way(member)
    if other is None:
        return
    when = span(other.start, other.end)
    if other.person_id == member.person_id:
        raise Refusal(f"{member.person}已在{member.team}：{when}，时间重叠。", field="person")
    raise Refusal(
        f"{member.team}已有队长{other.person}（{when}）。请用“换队长”，由新队长接任。",
        field="leader",
    )


def _outgoing(team: Team, person: Person, start: date) -> TeamMember:
    """The leader whom somebody follows from a day on; Refusal where that cannot be."""
    old = leader_on(team, start)
    if old is None:
        raise Refusal(
            f"{team}在{date_format(start)}没有队长，请用“添加队员”登记队长。", field="start"
        )
    if old.person_id == person.pk:
        raise Refusal(f"{person}已经是队长。", field="person")
    if old.start >= start:
        raise Refusal(
            f"{old.person}从{date_format(old.start)}起任队长，新队长的日期应在这以后。",
            field="start",
        )
    later = team.members.filter(leader=True, start__gt=start).select_related("person").first()
    if later is not None:
        raise Refusal(
            f"{team}从{date_format(later.start)}起已另有队长{later.person}。", field="start"
        )
    return old


def _lead(change: Change, team: Team, person: Person, start: date) -> TeamMember:
    """Begin a leadership; a membership that began on an earlier day ends the day before."""
    present = membership_of(team, person, start)
    if present is not None and present.start == start:
        change.remember(present)
        present.leader = True
        change.update(present)
        return present
    if present is not None:
        _end_before(change, present, start)
    new = TeamMember(team=team, person=person, leader=True, start=start)
    _refuse_overlap(new)
    return change.create(new)


def _end_before(change: Change, member: TeamMember, start: date) -> None:
    change.remember(member)
    member.end = start - DAY
    change.update(member)
