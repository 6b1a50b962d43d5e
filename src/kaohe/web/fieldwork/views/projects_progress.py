"""Pages on which a project's progress is reported, confirmed, inspected and accepted."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.pages import Page, form_page, one_of, status_of, submission, submitted
from kaohe.web.fieldwork.actions.projects import address_of
from kaohe.web.fieldwork.actions.projects_progress import (
    check_project,
    confirm_progress,
    decide_progress,
    report_progress,
)
from kaohe.web.fieldwork.forms.deciding import DecideForm
from kaohe.web.fieldwork.forms.projects import CheckForm, ProgressForm, WaitingForm
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.projects import (
    latest_report,
    projects_listed,
    reports_about,
    standing_of,
    waiting_reports,
)
from kaohe.web.fieldwork.queries.reach import progress_in

# A page that is ticked through and not searched.
MOST_SHOWN = 100


def projects_waiting(page: Page) -> HttpResponse:
    """Reports that wait, to be confirmed many at once."""
    rows = list(waiting_reports(page.reach)[:MOST_SHOWN])
    form = WaitingForm(page.POST or None, rows=rows)

    def act() -> str:
        confirm_progress(actor=page.actor, chosen=form.picked(), sent=submission(page))
        return reverse("fieldwork:projects-waiting")

    answer = submitted(page, form, act, done="已确认勾选的进度。")
    context = {
        "form": form,
        "rows": rows,
        "ticked": {pk for pk, _ in form.picked()} if form.is_bound else (),
        "more": max(0, waiting_reports(page.reach).count() - MOST_SHOWN),
        "account": page.actor.account_id,
    }
    template = "fieldwork/projects_waiting.html"
    return answer or render(page, template, context, status=status_of(form))


def project_progress(page: Page, pk: int) -> HttpResponse:
    row = one_of(projects_listed(page.reach), pk)
    latest = latest_report(row)
    begun = ProgressForm.begun_with(latest, timezone.localdate())
    form = ProgressForm(page.POST or None, page.FILES or None, initial=begun)

    def act() -> str:
        report_progress(actor=page.actor, project_id=pk, facts=form.facts(), sent=submission(page))
        return address_of(row)

    template = "fieldwork/project_progress.html"
    context = {"project": row, "latest": latest, "standing": standing_of(row, timezone.localdate())}
    return form_page(page, form, act, template, done="已填报进度，等待确认。", **context)


def project_check(page: Page, pk: int) -> HttpResponse:
    row = one_of(projects_listed(page.reach), pk)
    kind = page.GET.get("kind") if page.GET.get("kind") in {"inspection", "acceptance"} else ""
    first = {"day": timezone.localdate(), "kind": kind}
    form = CheckForm(page.POST or None, page.FILES or None, initial=first)

    def act() -> str:
        check_project(actor=page.actor, project_id=pk, facts=form.facts(), sent=submission(page))
        return address_of(row)

    context = {
        "project": row,
        "standing": standing_of(row, timezone.localdate()),
        "own": reports_about(page.actor, row),
    }
    template = "fieldwork/project_check.html"
    return form_page(page, form, act, template, done="已登记检查情况。", **context)


def progress_decide(page: Page, pk: int) -> HttpResponse:
    rows = progress_in(page.reach).select_related("project__village__township")
    row = one_of(rows, pk)
    form = DecideForm(page.POST or None, initial={"version": row.version, "accepted": "yes"})

    def act() -> str:
        decided = decide_progress(
            actor=page.actor,
            report_id=pk,
            seen=form.seen,
            accepted=form.cleaned_data["accepted"],
            opinion=form.cleaned_data["opinion"],
            sent=submission(page),
        )
        return address_of(decided.project)

    files = shown(row.evidence.all(), page.actor.reach("evidence.view"))
    template = "fieldwork/project_decide.html"
    return form_page(page, form, act, template, done="已处理。", report=row, files=files)
