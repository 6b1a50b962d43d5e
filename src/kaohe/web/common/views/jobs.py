"""How far long work has come: a page of its own, and the bar that other pages hold."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.models import Job
from kaohe.web.common.pages import Page, led_to
from kaohe.web.common.progress import goes_on, job_of, told


def job(page: Page, pk: UUID) -> HttpResponse:
    """The job's page; a bar that asks is led to the result once there is one."""
    row = job_of(page.actor, pk)
    so_far = told(row)
    url = reverse("common:job", args=[row.pk])
    context = {
        "job": row,
        "percent": 100 if row.state == Job.State.DONE else so_far.percent,
        "label": so_far.label if row.state == Job.State.RUNNING else row.get_state_display(),
        "url": url,
        "going_on": goes_on(row),
    }
    if page.htmx and goes_on(row):
        return render(page, "common/parts/progress.html", context)
    if page.htmx:
        return led_to(page, row.location or url)
    return render(page, "common/job.html", context)
