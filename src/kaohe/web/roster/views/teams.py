"""Pages about village teams."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, one_of, status_of, submission, submitted
from kaohe.web.roster.actions.members import add_member, change_leader, end_member
from kaohe.web.roster.actions.teams import add_team, change_team
from kaohe.web.roster.forms.teams import LeaderForm, MemberEndForm, MemberForm, TeamForm
from kaohe.web.roster.lists.teams import TeamFilters, TeamTable
from kaohe.web.roster.queries.reach import people_in, teams_in
from kaohe.web.roster.queries.teams import (
    leader_on,
    members_in,
    members_of,
    postings_of,
    teams_listed,
)
from kaohe.web.roster.queries.timeline import team_timeline


def teams(page: Page) -> HttpResponse:
    return listing(
        page,
        teams_listed(page.reach),
        TeamFilters,
        TeamTable,
        "roster/teams.html",
        may_add=page.actor.may("team.change"),
        may_export=page.actor.may("list.export"),
    )


def teams_export(page: Page) -> HttpResponse:
    return exported(page, teams_listed(page.reach), TeamFilters, TeamTable, "驻村工作队名单")


def team(page: Page, pk: int) -> HttpResponse:
    row = one_of(teams_in(page.reach), pk)
    actor = page.actor
    may_see_history = actor.may("history.view")
    context = {
        "team": row,
        "leader": leader_on(row, timezone.localdate()),
        "members": members_of(row),
        "known": set(people_in(page.reach).values_list("pk", flat=True)),
        "postings": postings_of(row, page.reach),
        "timeline": team_timeline(row, page.reach, changes=may_see_history),
        "may_change": actor.may("team.change"),
        "may_post": actor.may("posting.village_team"),
        "may_see_history": may_see_history,
    }
    return render(page, "roster/team.html", context)


def team_add(page: Page) -> HttpResponse:
    form = TeamForm(page.POST or None)

    def act() -> str:
        row = add_team(actor=page.actor, facts=form.facts(), sent=submission(page))
        return reverse("roster:team", args=[row.pk])

    return form_page(
        page, form, act, "roster/team_form.html", done="已登记工作队，接着登记队长和队员。"
    )


def team_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(teams_in(page.reach), pk)
    form = TeamForm(page.POST or None, instance=row)

    def act() -> str:
        change_team(
            actor=page.actor,
            team_id=row.pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        return reverse("roster:team", args=[row.pk])

    return form_page(page, form, act, "roster/team_form.html", team=row)


def member_add(page: Page, pk: int) -> HttpResponse:
    row = one_of(teams_in(page.reach), pk)
    initial = {"leader": leader_on(row, timezone.localdate()) is None}
    form = MemberForm(page.POST or None, reach=page.reach, initial=initial)

    def act() -> str:
        values = dict(form.cleaned_data)
        add_member(
            actor=page.actor,
            team_id=row.pk,
            person_id=values.pop("person").pk,
            sent=submission(page),
            **values,
        )
        return reverse("roster:team", args=[row.pk])

    return form_page(page, form, act, "roster/member_form.html", done="已添加队员。", team=row)


def team_leader(page: Page, pk: int) -> HttpResponse:
    row = one_of(teams_in(page.reach), pk)
    form = LeaderForm(page.POST or None, reach=page.reach)

    def act() -> str:
        values = dict(form.cleaned_data)
        change_leader(
            actor=page.actor,
            team_id=row.pk,
            person_id=values.pop("person").pk,
            sent=submission(page),
            **values,
        )
        return reverse("roster:team", args=[row.pk])

    answer = submitted(page, form, act, done="已换队长。")
    context = {"form": form, "team": row, "leader": leader_on(row, timezone.localdate())}
    return answer or render(page, "roster/team_leader.html", context, status=status_of(form))


def member_end(page: Page, pk: int) -> HttpResponse:
    row = one_of(members_in(page.reach), pk)
    form = MemberEndForm(page.POST or None, instance=row)

    def act() -> str:
        end_member(
            actor=page.actor,
            member_id=row.pk,
            seen=form.seen,
            end=form.cleaned_data["end"],
            sent=submission(page),
        )
        return reverse("roster:team", args=[row.team_id])

    return form_page(page, form, act, "roster/member_end.html", done="已登记离队。", member=row)
