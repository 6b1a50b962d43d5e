"""Pages on which the office says what the year's scheme asks of units."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.pages import Page, finished, form_page, one_of, submission
from kaohe.web.roster.actions.attributes import (
    SayingsRefused,
    set_attributes,
    set_many_attributes,
)
from kaohe.web.roster.forms.attribute_grid import AttributeGrid
from kaohe.web.roster.forms.attributes import AttributesForm
from kaohe.web.roster.models import Unit, WorkYear
from kaohe.web.roster.queries.attributes import units_with_attributes, why
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.roster.queries.years import chosen_year


def unit_attributes(page: Page, pk: int) -> HttpResponse:
    unit = one_of(units_in(page.reach), pk)
    back = reverse("roster:unit", args=[unit.pk])
    year = chosen_year(page.reach, page.GET.get("year"))
    if year is None:
        return render(page, "roster/no_year.html", {"back": back})
    known = unit.attributes.filter(year=year).first()
    form = AttributesForm(page.POST or None, instance=known, year=year, unit=unit)

    def act() -> str:
        try:
            set_attributes(
                actor=page.actor, year_id=year.pk, saying=form.saying(), sent=submission(page)
            )
        except ValidationError as error:
            raise form.placed(error) from error
        return back

    return form_page(
        page, form, act, "roster/unit_attributes.html", unit=unit, year=year, cancel_url=back
    )


def attributes(page: Page) -> HttpResponse:
    year = chosen_year(page.reach, page.GET.get("year"))
    if year is None:
        return render(page, "roster/no_year.html", {"back": reverse("roster:units")})
    kind = _kind(page)
    units = list(units_with_attributes(page.reach, year, kind))
    grid = AttributeGrid(page.POST or None, year=year, kind=kind, units=units)
    answer = _saved(page, grid, year) if page.method == "POST" and grid.is_valid() else None
    context = {
        "grid": grid,
        "year": year,
        "kind": kind,
        "closed": year.state == WorkYear.State.CLOSED,
        "explained": [(one.name, why(one)) for one in grid.attributes],
        "tabs": [_tab(one, kind, year) for one in reversed(Unit.Kind)],
    }
    return answer or render(page, "roster/unit_grid.html", context, status=grid.status)


def _saved(page: Page, grid: AttributeGrid, year: WorkYear) -> HttpResponse | None:
    """Store the touched rows; None when the grid must be shown again."""
    sayings = grid.sayings()
    try:
        set_many_attributes(
            actor=page.actor, year_id=year.pk, sayings=sayings, sent=submission(page)
        )
    except SayingsRefused as refused:
        grid.refuse(refused)
        return None
    said = f"已保存 {len(sayings)} 个单位的年度属性。" if sayings else "没有改动，不用保存。"
    return finished(page, page.get_full_path(), said)


def _kind(page: Page) -> Unit.Kind:
    asked = page.GET.get("kind", "")
    return Unit.Kind(asked) if asked in Unit.Kind.values else Unit.Kind.DEPARTMENT


def _tab(kind: Unit.Kind, chosen: Unit.Kind, year: WorkYear) -> dict[str, object]:
    url = f"{reverse('roster:attributes')}?kind={kind.value}&year={year.year}"
    return {"label": kind.label, "url": url, "active": kind == chosen}
