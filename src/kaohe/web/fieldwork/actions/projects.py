"""Register projects, change their plan, say who keeps them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.deciding import open_year, refuse_closed_year
from kaohe.web.fieldwork.actions.evidence import attach, store
from kaohe.web.fieldwork.files.checked import CheckedFile
from kaohe.web.fieldwork.models import Project, ProjectEvidence
from kaohe.web.fieldwork.queries.projects import (
    Stage,
    departments_for,
    projects_listed,
    stage_of,
    villages_for,
)
from kaohe.web.fieldwork.queries.reach import projects_in

Files = Sequence[UploadedFile | CheckedFile]


@dataclass(frozen=True)
class ProjectFacts:
    """A project as it is planned; planned in 万元."""

    code: str
    name: str
    village_id: int
    department_id: int
    reaches: str
    starts: date
    ends: date
    planned: Decimal
    content: str = ""
    files: Files = ()


def add_project(
    *, actor: Actor, year_id: int, facts: ProjectFacts, sent: Sent | None = None
) -> Project:
    """Register a project in a year. Raises ValidationError for a code that is taken."""
    with writing(actor, "project.change", sent=sent) as change:
        year = open_year(change, year_id)
        project = Project(county_id=actor.county_id, year=year)
        _fill(change, project, facts)
        change.create(project)
        _attach(change, project, facts.files)
        change.leads_to(address_of(project))
        return project


def change_project(
    *, actor: Actor, project_id: int, seen: int, facts: ProjectFacts, sent: Sent | None = None
) -> Project:
    """Change a plan that stood at version `seen`. Raises Conflict for a later one."""
    with writing(actor, "project.change", sent=sent) as change:
        project = change.find(projects_in(change.reach), project_id, version=seen)
        refuse_closed_year(project.year)
        _fill(change, project, facts)
        change.update(project)
        _attach(change, project, facts.files)
        change.leads_to(address_of(project))
        return project


def remove_project(*, actor: Actor, project_id: int, seen: int, sent: Sent | None = None) -> None:
    """Take a project out that was registered by mistake. Raises Refusal once it was reported on."""
    with writing(actor, "project.change", sent=sent) as change:
        project = change.find(projects_in(change.reach), project_id, version=seen)
        refuse_closed_year(project.year)
        if project.reports.exists() or project.checks.exists():
            raise Refusal(f"“{project}”已有进度或检查记录，不能删除。")
        change.delete_many(list(ProjectEvidence.objects.filter(project=project)))
        change.delete(project)
        change.leads_to(reverse("fieldwork:projects"))


def name_upkeep(
    *,
    actor: Actor,
    project_id: int,
    seen: int,
    upkeep_by: str,
    upkeep: str,
    sent: Sent | None = None,
) -> Project:
    """Say who keeps an accepted project up, and how (二(一)2(5)). Raises Refusal before that."""
    with writing(actor, "project.change", sent=sent) as change:
        project = change.find(projects_in(change.reach), project_id, version=seen)
        refuse_closed_year(project.year)
        listed = projects_listed(change.reach).get(pk=project.pk)
        if stage_of(listed) != Stage.ACCEPTED:
            raise Refusal(f"“{project}”还没有验收；验收合格以后再落实管护责任。")
        project.upkeep_by, project.upkeep = upkeep_by, upkeep
        change.update(project)
        change.leads_to(address_of(project))
        return project


def address_of(project: Project) -> str:
    return reverse("fieldwork:project", args=[project.pk])


def _fill(change: Change, project: Project, facts: ProjectFacts) -> None:
    project.village = change.find(villages_for(change.reach), facts.village_id)
    if project.department_id != facts.department_id:
        project.department = change.find(departments_for(change.reach), facts.department_id)
    project.code, project.name, project.reaches = facts.code, facts.name, facts.reaches
    project.starts, project.ends = facts.starts, facts.ends
    project.planned, project.content = facts.planned, facts.content


def _attach(change: Change, project: Project, files: Files) -> None:
    stored = store(change, files, unit=project.department, village=project.village)
    attach(change, ProjectEvidence, project, stored)
