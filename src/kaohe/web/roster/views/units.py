"""Pages about townships and departments."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, one_of, status_of, submission, submitted
from kaohe.web.roster.actions.units import add_unit, change_unit, end_unit
from kaohe.web.roster.forms.units import EndForm, NewUnitForm, UnitForm
from kaohe.web.roster.lists.units import UnitFilters, UnitTable
from kaohe.web.roster.models import Unit
from kaohe.web.roster.queries.attributes import said_of
from kaohe.web.roster.queries.people import own_units
from kaohe.web.roster.queries.reach import people_in, units_in
from kaohe.web.roster.queries.units import (
    posts_in,
    sent_by,
    staff_of,
    standing_on,
    units_with_facts,
    villages_of,
)
from kaohe.web.roster.queries.years import chosen_year, working_year


def units(page: Page) -> HttpResponse:
    rows = units_with_facts(page.reach, working_year(page.reach))
    rights = {
        "may_change": page.actor.may("unit.change"),
        "may_export": page.actor.may("list.export"),
    }
    return listing(page, rows, UnitFilters, UnitTable, "roster/units.html", **rights)


def units_export(page: Page) -> HttpResponse:
    rows = units_with_facts(page.reach, working_year(page.reach))
    return exported(page, rows, UnitFilters, UnitTable, "单位名单")


def unit(page: Page, pk: int) -> HttpResponse:
    row = one_of(units_in(page.reach), pk)
    year = chosen_year(page.reach, page.GET.get("year"))
    today = timezone.localdate()
    people = page.actor.reach("person.view")
    context = {
        "unit": row,
        "year": year,
        "said": said_of(year, row) if year is not None else [],
        "posts": posts_in(row, today),
        "people": set(people_in(people).values_list("pk", flat=True)),
        "staff": staff_of(people, row),
        "villages": villages_of(page.actor.reach("village.view"), row),
        "postings": sent_by(page.actor.reach("posting.view"), row, today),
        "may_change": page.actor.may("unit.change"),
        "may_post": page.actor.may("post.change")
        and own_units(page.actor.reach("post.change")).filter(pk=row.pk).exists(),
        "may_see_history": page.actor.may("history.view"),
    }
    return render(page, "roster/unit.html", context)


def unit_add(page: Page) -> HttpResponse:
    form = NewUnitForm(page.POST or None, initial={"kind": page.GET.get("kind")})

    def act() -> str:
        kind = form.cleaned_data["kind"]
        return _address(
            add_unit(actor=page.actor, kind=kind, facts=form.facts(), sent=submission(page))
        )

    return form_page(page, form, act, "roster/unit_form.html", done="已登记这个单位。")


def unit_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(units_in(page.reach), pk)
    form = UnitForm(page.POST or None, instance=row)

    def act() -> str:
        changed = change_unit(
            actor=page.actor,
            unit_id=row.pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        return _address(changed)

    return form_page(page, form, act, "roster/unit_form.html", unit=row)


def unit_end(page: Page, pk: int) -> HttpResponse:
    row = one_of(units_in(page.reach), pk)
    form = EndForm(page.POST or None, instance=row)

    def act() -> str:
        changed = end_unit(
            actor=page.actor,
            unit_id=row.pk,
            seen=form.seen,
            ended=form.ended(),
            sent=submission(page),
        )
        return _address(changed)

    answer = submitted(page, form, act)
    context = {"form": form, "unit": row, "standing": standing_on(row, timezone.localdate())}
    return answer or render(page, "roster/unit_end.html", context, status=status_of(form))


def _address(unit: Unit) -> str:
    return reverse("roster:unit", args=[unit.pk])
