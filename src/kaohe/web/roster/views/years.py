"""Pages about work-years."""

from __future__ import annotations

import hashlib

import django_tables2 as tables
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.scheme.readings import readings
from kaohe.web.common.pages import (
    PER_PAGE,
    Page,
    form_page,
    one_of,
    status_of,
    submission,
    submitted,
)
from kaohe.web.roster.actions.years import add_year, change_scheme, close_year, open_year
from kaohe.web.roster.forms.years import CloseForm, OpenForm, SchemeForm, YearForm
from kaohe.web.roster.lists.years import YearTable
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.reach import years_in
from kaohe.web.roster.queries.years import readiness, subject_counts


def years(page: Page) -> HttpResponse:
    table = YearTable(years_in(page.reach), request=page)
    tables.RequestConfig(page, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {"table": table, "may_change": page.actor.may("year.change")}
    return render(page, "roster/years.html", context)


def year(page: Page, pk: int) -> HttpResponse:
    row = one_of(years_in(page.reach), pk)
    scheme = row.scheme
    context = {
        "year": row,
        "scheme": scheme,
        "intact": hashlib.sha256(row.scheme_text.encode()).hexdigest() == row.scheme_sha256,
        "subjects": subject_counts(row),
        "readings": list(readings(scheme)),
        "may_change": page.actor.may("year.change"),
        "may_see_history": page.actor.may("history.view"),
    }
    return render(page, "roster/year.html", context)


def year_add(page: Page) -> HttpResponse:
    form = YearForm(
        page.POST or None, page.FILES or None, initial={"year": timezone.localdate().year}
    )

    def act() -> str:
        row = add_year(
            actor=page.actor,
            year=form.cleaned_data["year"],
            regulation=form.regulation(),
            sent=submission(page),
        )
        return _address(row)

    return form_page(page, form, act, "roster/year_form.html", done="已设立这个年度。")


def year_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(years_in(page.reach), pk)
    form = SchemeForm(page.POST or None, page.FILES or None, instance=row)

    def act() -> str:
        changed = change_scheme(
            actor=page.actor,
            year_id=row.pk,
            seen=form.seen,
            regulation=form.regulation(),
            sent=submission(page),
        )
        return _address(changed)

    return form_page(page, form, act, "roster/year_form.html", done="已换成新的办法。", year=row)


def year_open(page: Page, pk: int) -> HttpResponse:
    row = one_of(years_in(page.reach), pk)
    form = OpenForm(page.POST or None, instance=row)

    def act() -> str:
        confirmed = form.cleaned_data["confirmed"]
        changed = open_year(
            actor=page.actor,
            year_id=row.pk,
            seen=form.seen,
            confirmed=confirmed,
            sent=submission(page),
        )
        return _address(changed)

    answer = submitted(page, form, act, done=f"已开启 {row}。")
    ready = readiness(row)
    if not ready.warnings:
        del form.fields["confirmed"]
    context = {"form": form, "year": row, "ready": ready}
    return answer or render(page, "roster/year_open.html", context, status=status_of(form))


def year_close(page: Page, pk: int) -> HttpResponse:
    row = one_of(years_in(page.reach), pk)
    form = CloseForm(page.POST or None, instance=row)

    def act() -> str:
        changed = close_year(
            actor=page.actor, year_id=row.pk, seen=form.seen, sent=submission(page)
        )
        return _address(changed)

    return form_page(page, form, act, "roster/year_close.html", done=f"已结束 {row}。", year=row)


def _address(row: WorkYear) -> str:
    return reverse("roster:year", args=[row.pk])
