"""Pages about projects and their plans."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, may_about, one_of, submission
from kaohe.web.fieldwork.actions.projects import (
    add_project,
    address_of,
    change_project,
    name_upkeep,
    remove_project,
)
from kaohe.web.fieldwork.forms.projects import ProjectForm, RemoveForm, UpkeepForm
from kaohe.web.fieldwork.lists.projects import (
    STAGE_TONES,
    ProjectFilters,
    ProjectTable,
    WholeProjectTable,
)
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.projects import (
    Stage,
    projects_listed,
    reports_about,
    standing_of,
    waiting_reports,
)
from kaohe.web.fieldwork.queries.projects_events import events_of
from kaohe.web.fieldwork.queries.projects_overview import overview
from kaohe.web.fieldwork.queries.reach import projects_in
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.reach import years_in
from kaohe.web.roster.queries.years import chosen_year


def projects(page: Page) -> HttpResponse:
    may_confirm = page.actor.may("project.confirm")
    context = {
        "may_add": page.actor.may("project.change"),
        "may_export": page.actor.may("list.export"),
        "waiting": waiting_reports(page.actor.reach("project.confirm")).count()
        if may_confirm
        else 0,
    }
    rows = projects_listed(page.reach)
    template = "fieldwork/projects.html"
    return listing(page, rows, ProjectFilters, ProjectTable, template, **context)


def projects_export(page: Page) -> HttpResponse:
    page.reach = page.actor.reach("project.view")
    rows = projects_listed(page.reach)
    return exported(page, rows, ProjectFilters, WholeProjectTable, "项目")


def projects_overview(page: Page) -> HttpResponse:
    """Projects and their money by township."""
    year = chosen_year(page.reach, page.GET.get("year"))
    context: dict[str, object] = {"year": year, "years": years_in(page.reach)}
    if year is not None:
        context["lines"], context["all"] = overview(page.reach, year, timezone.localdate())
    return render(page, "fieldwork/projects_overview.html", context)


def project(page: Page, pk: int) -> HttpResponse:
    row = one_of(projects_listed(page.reach), pk)
    standing = standing_of(row, timezone.localdate())
    open_year = row.year.state != WorkYear.State.CLOSED
    may_change = open_year and may_about(page, "project.change", row, projects_in)
    may_check = open_year and may_about(page, "project.confirm", row, projects_in)
    files = page.actor.reach("evidence.view")
    context = {
        "project": row,
        "standing": standing,
        "tone": STAGE_TONES.get(standing.stage, ""),
        "accepted": standing.stage == Stage.ACCEPTED,
        "events": events_of(row, files),
        "files": shown(row.evidence.all(), files),
        "may_change": may_change,
        "may_confirm": may_check,
        "may_check": may_check and not reports_about(page.actor, row),
        "account": page.actor.account_id,
    }
    return render(page, "fieldwork/project.html", context)


def project_add(page: Page) -> HttpResponse:
    year = chosen_year(page.reach, page.GET.get("year"))
    if year is None:
        return render(page, "roster/no_year.html", {"back": reverse("fieldwork:projects")})
    form = ProjectForm(page.POST or None, page.FILES or None, reach=page.reach)

    def act() -> str:
        row = add_project(
            actor=page.actor, year_id=year.pk, facts=form.facts(), sent=submission(page)
        )
        return address_of(row)

    template = "fieldwork/project_form.html"
    return form_page(page, form, act, template, done="已登记这个项目。", year=year)


def project_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(projects_in(page.reach).select_related("village", "department", "year"), pk)
    form = ProjectForm(page.POST or None, page.FILES or None, instance=row, reach=page.reach)

    def act() -> str:
        changed = change_project(
            actor=page.actor,
            project_id=pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        return address_of(changed)

    removable = not row.reports.exists() and not row.checks.exists()
    template = "fieldwork/project_form.html"
    return form_page(page, form, act, template, project=row, year=row.year, removable=removable)


def project_remove(page: Page, pk: int) -> HttpResponse:
    row = one_of(projects_in(page.reach), pk)
    form = RemoveForm(page.POST or None, initial={"version": row.version})

    def act() -> str:
        remove_project(
            actor=page.actor,
            project_id=pk,
            seen=form.seen,
            sent=submission(page),
        )
        return reverse("fieldwork:projects")

    template = "fieldwork/project_remove.html"
    return form_page(page, form, act, template, done="已删除这个项目。", project=row)


def project_upkeep(page: Page, pk: int) -> HttpResponse:
    row = one_of(projects_listed(page.reach), pk)
    form = UpkeepForm(page.POST or None, instance=row)

    def act() -> str:
        changed = name_upkeep(
            actor=page.actor,
            project_id=pk,
            seen=form.seen,
            sent=submission(page),
            **form.cleaned_data,
        )
        return address_of(changed)

    return form_page(page, form, act, "fieldwork/project_upkeep.html", project=row)
