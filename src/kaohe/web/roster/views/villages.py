"""Pages about villages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, one_of, status_of, submission, submitted
from kaohe.web.roster.actions.villages import add_village, change_village, count_village
from kaohe.web.roster.forms.villages import CountForm, VillageForm
from kaohe.web.roster.lists.villages import VillageFilters, VillageTable
from kaohe.web.roster.queries.maps import map_option
from kaohe.web.roster.queries.reach import villages_in
from kaohe.web.roster.queries.villages import counts_of, postings_at, villages_with_counts
from kaohe.web.roster.queries.years import working_year


def villages(page: Page) -> HttpResponse:
    rows = villages_with_counts(page.reach, working_year(page.reach))
    return listing(page, rows, VillageFilters, VillageTable, "roster/villages.html")


def villages_export(page: Page) -> HttpResponse:
    rows = villages_with_counts(page.reach, working_year(page.reach))
    return exported(page, rows, VillageFilters, VillageTable, "村名单")


def village_map(page: Page) -> HttpResponse:
    return render(page, "roster/map.html", {"option": map_option(page.reach)})


def village(page: Page, pk: int) -> HttpResponse:
    row = one_of(villages_in(page.reach).select_related("township"), pk)
    context = {
        "village": row,
        "counts": counts_of(row),
        "postings": postings_at(row),
        "may_change": page.actor.may("village.change"),
        "may_count": page.actor.may("village.count"),
    }
    return render(page, "roster/village.html", context)


def village_add(page: Page) -> HttpResponse:
    form = VillageForm(page.POST or None, reach=page.reach)

    def act() -> str:
        row = add_village(actor=page.actor, facts=form.facts(), sent=submission(page))
        return reverse("roster:village", args=[row.pk])

    answer = submitted(page, form, act, done="已登记这个村。")
    return answer or render(
        page, "roster/village_form.html", {"form": form}, status=status_of(form)
    )


def village_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(villages_in(page.reach), pk)
    form = VillageForm(page.POST or None, instance=row, reach=page.reach)

    def act() -> str:
        change_village(
            actor=page.actor,
            village_id=row.pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        return reverse("roster:village", args=[row.pk])

    answer = submitted(page, form, act)
    context = {"form": form, "village": row}
    return answer or render(page, "roster/village_form.html", context, status=status_of(form))


def village_counts(page: Page, pk: int) -> HttpResponse:
    row = one_of(villages_in(page.reach), pk)
    year = working_year(page.reach)
    if year is None:
        return render(page, "roster/no_year.html", {"village": row})
    known = row.counts.filter(year=year).first()
    form = CountForm(page.POST or None, instance=known)

    def act() -> str:
        count_village(
            actor=page.actor,
            village_id=row.pk,
            year_id=year.pk,
            seen=form.seen,
            counts=form.counts(),
            sent=submission(page),
        )
        return reverse("roster:village", args=[row.pk])

    answer = submitted(page, form, act)
    context = {"form": form, "village": row, "year": year}
    return answer or render(page, "roster/counts_form.html", context, status=status_of(form))
