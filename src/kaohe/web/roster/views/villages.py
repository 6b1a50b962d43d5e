"""Pages about villages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, one_of, submission
from kaohe.web.roster.actions.villages import add_village, change_village, count_village
from kaohe.web.roster.forms.villages import CountForm, VillageForm
from kaohe.web.roster.lists.villages import VillageFilters, VillageTable
from kaohe.web.roster.models import Village, VillageCount
from kaohe.web.roster.queries.maps import group_of, map_of, map_of_one, placed_villages
from kaohe.web.roster.queries.reach import people_in, teams_in, units_in, villages_in
from kaohe.web.roster.queries.villages import counts_of, services_at, villages_with_counts
from kaohe.web.roster.queries.years import chosen_year, working_year


def villages(page: Page) -> HttpResponse:
    rows = villages_with_counts(page.reach, working_year(page.reach))
    rights = {
        "may_add": page.actor.may("village.change"),
        "may_export": page.actor.may("list.export"),
    }
    return listing(page, rows, VillageFilters, VillageTable, "roster/villages.html", **rights)


def villages_export(page: Page) -> HttpResponse:
    rows = villages_with_counts(page.reach, working_year(page.reach))
    return exported(page, rows, VillageFilters, VillageTable, "村名单")


def village_map(page: Page) -> HttpResponse:
    year = working_year(page.reach)
    placed = placed_villages(page.reach, year)
    context = {
        "map": map_of(page.reach, year, placed, _address) if placed else None,
        "villages": [(one, group_of(one, year).name) for one in placed],
        "year": year,
        "unplaced": villages_in(page.reach).count() - len(placed),
    }
    return render(page, "roster/map.html", context)


def village(page: Page, pk: int) -> HttpResponse:
    row = one_of(villages_in(page.reach).select_related("township"), pk)
    year = working_year(page.reach)
    counts = list(counts_of(row))
    context = {
        "village": row,
        "year": year,
        "counts": counts,
        "chart": _chart(counts) if len(counts) > 1 else None,
        "services": services_at(row),
        "place": None if row.longitude is None else map_of_one(page.reach, row, year),
        # Who serves there is told to all who see the village; a page of their own only to some.
        "people": set(people_in(page.actor.reach("person.view")).values_list("pk", flat=True)),
        "teams": set(teams_in(page.actor.reach("team.view")).values_list("pk", flat=True)),
        "units": set(units_in(page.actor.reach("unit.view")).values_list("pk", flat=True)),
        "may_change": page.actor.may("village.change"),
        "may_count": _may_count(page, row),
        "may_see_history": page.actor.may("history.view"),
    }
    return render(page, "roster/village.html", context)


def village_add(page: Page) -> HttpResponse:
    form = VillageForm(page.POST or None, reach=page.reach)

    def act() -> str:
        return _address(add_village(actor=page.actor, facts=form.facts(), sent=submission(page)))

    return form_page(page, form, act, "roster/village_form.html", done="已登记这个村。")


def village_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(villages_in(page.reach), pk)
    form = VillageForm(page.POST or None, instance=row, reach=page.reach)

    def act() -> str:
        changed = change_village(
            actor=page.actor,
            village_id=row.pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        return _address(changed)

    return form_page(page, form, act, "roster/village_form.html", village=row)


def village_counts(page: Page, pk: int) -> HttpResponse:
    row = one_of(villages_in(page.reach), pk)
    year = chosen_year(page.reach, page.GET.get("year"))
    if year is None:
        return render(page, "roster/no_year.html", {"back": _address(row)})
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
        return _address(row)

    return form_page(page, form, act, "roster/counts_form.html", village=row, year=year)


def _address(village: Village) -> str:
    return reverse("roster:village", args=[village.pk])


def _may_count(page: Page, village: Village) -> bool:
    if not page.actor.may("village.count"):
        return False
    return villages_in(page.actor.reach("village.count")).filter(pk=village.pk).exists()


def _chart(counts: list[VillageCount]) -> dict[str, object]:
    """Poor households and people by year, the earliest first."""
    years = sorted(counts, key=lambda count: count.year.year)
    return {
        "legend": {},
        "xAxis": {"type": "category", "data": [str(count.year.year) for count in years]},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "name": name, "barMaxWidth": 32, "data": values}
            for name, values in (
                ("贫困户数", [count.poor_households for count in years]),
                ("贫困人数", [count.poor_people for count in years]),
            )
        ],
    }
