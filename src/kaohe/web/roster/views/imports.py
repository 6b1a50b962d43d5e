"""Pages of the roster's import: template, upload, preview, confirming, undoing."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaohe.web.common.actions import record_export
from kaohe.web.common.pages import Page, finished, form_page, one_of, paged, submission
from kaohe.web.common.progress import goes_on, told
from kaohe.web.common.workbooks import attachment
from kaohe.web.roster.actions.imports import State
from kaohe.web.roster.forms.imports import UploadForm
from kaohe.web.roster.imports.checking import changeable_year, named, read
from kaohe.web.roster.imports.filled import template_for
from kaohe.web.roster.imports.marked import marked_workbook
from kaohe.web.roster.imports.preview import preview_of
from kaohe.web.roster.imports.problems import from_values
from kaohe.web.roster.imports.tasks import begin, upload
from kaohe.web.roster.queries.imports import content_of, county_of, imports_listed, job_of_import
from kaohe.web.roster.queries.reach import imports_in


def imports(page: Page) -> HttpResponse:
    context = {"batches": paged(imports_listed(page.reach), page)}
    return render(page, "roster/imports.html", context)


def template(page: Page) -> HttpResponse:
    """The workbook to fill in; ?filled=1 with the present roster in it, which is an export."""
    filled = page.GET.get("filled") == "1"
    county = named(county_of(page.reach))
    content = template_for(page.reach, changeable_year(page.reach), county, filled=filled)
    name = "名册" if filled else "名册导入模板"
    if filled:
        record_export(actor=page.actor, what=name, rows=0, filters="")
    return attachment(content, f"{name}.xlsx")


def import_upload(page: Page) -> HttpResponse:
    form = UploadForm(page.POST or None, page.FILES or None)

    def act() -> str:
        content = form.cleaned_data["file"].read()
        batch = upload(
            actor=page.actor,
            filename=form.filename,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            sent=submission(page),
        )
        return reverse("roster:import", args=[batch.pk])

    return form_page(page, form, act, "roster/import_upload.html", done="已上传，正在检查。")


def import_(page: Page, pk: int) -> HttpResponse:
    """The preview; posting has the workbook checked again."""
    batch = one_of(imports_in(page.reach), pk)
    if page.method == "POST":
        begin(actor=page.actor, batch_id=pk, state=State.CHECKING, sent=submission(page))
        return finished(page, reverse("roster:import", args=[pk]), "正在重新检查。")
    job = job_of_import(batch)
    context = {
        "batch": batch,
        "job": job,
        "told": told(job) if job is not None else None,
        "working": goes_on(job),
        "mine": job is not None and job.account_id == page.actor.account_id,
        "preview": preview_of(batch, page.GET),
    }
    return render(page, "roster/import.html", context)


def import_marked(page: Page, pk: int) -> HttpResponse:
    batch = one_of(imports_in(page.reach), pk)
    problems = [from_values(values) for values in batch.problems]
    file, _ = read(content_of(batch), page.reach, lambda done, total, label: None)
    total = batch.summary.get("problems", len(problems))
    record_export(
        actor=page.actor, what=f"标出问题的导入表：{batch}", rows=len(problems), filters=""
    )
    return attachment(marked_workbook(file.all, problems, total=total), "标出问题的导入表.xlsx")


@require_POST
def import_confirm(page: Page, pk: int) -> HttpResponse:
    begin(actor=page.actor, batch_id=pk, state=State.CONFIRMING, sent=submission(page))
    return finished(page, reverse("roster:import", args=[pk]), "已开始导入。")


@require_POST
def import_undo(page: Page, pk: int) -> HttpResponse:
    begin(actor=page.actor, batch_id=pk, state=State.CONFIRMED, sent=submission(page))
    return finished(page, reverse("roster:import", args=[pk]), "已开始撤销。")
