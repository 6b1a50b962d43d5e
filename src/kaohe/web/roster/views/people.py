"""Pages about people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, may_about, one_of, submission
from kaohe.web.roster.actions.people import add_person, change_person
from kaohe.web.roster.forms.people import PersonForm, RevealForm
from kaohe.web.roster.lists.people import PersonFilters, PersonTable
from kaohe.web.roster.models import Person
from kaohe.web.roster.queries.people import people_listed, posts_in, posts_of
from kaohe.web.roster.queries.reach import people_in
from kaohe.web.roster.queries.timeline import person_timeline


def people(page: Page) -> HttpResponse:
    actor = page.actor
    return listing(
        page,
        people_listed(page.reach),
        PersonFilters,
        PersonTable,
        "roster/people.html",
        may_add=actor.may("person.change"),
        may_look_up=actor.may("person.reveal"),
        may_export=actor.may("list.export"),
    )


def people_export(page: Page) -> HttpResponse:
    return exported(page, people_listed(page.reach), PersonFilters, PersonTable, "人员名单")


def person(page: Page, pk: int) -> HttpResponse:
    row = one_of(people_in(page.reach).select_related("unit"), pk)
    actor = page.actor
    may_change = may_about(page, "person.change", row, people_in)
    may_see_history = may_about(page, "history.view", row, people_in)
    may_post = may_about(page, "post.change", row, people_in)
    own_posts = posts_in(actor.reach("post.change")) if may_post else row.posts.none()
    context = {
        "person": row,
        "facts": _facts(page, row),
        "posts": posts_of(row),
        "own_posts": set(own_posts.filter(person=row).values_list("pk", flat=True)),
        "timeline": person_timeline(row, page.reach, changes=may_see_history),
        "reveal": RevealForm(person=row)
        if may_about(page, "person.reveal", row, people_in)
        else None,
        "may_change": may_change,
        "may_post": may_post,
        "may_see_history": may_see_history,
    }
    return render(page, "roster/person.html", context)


def person_add(page: Page) -> HttpResponse:
    initial = {"unit": page.GET.get("unit") or next(iter(page.reach.units), None)}
    form = PersonForm(page.POST or None, reach=page.reach, initial=initial)

    def act() -> str:
        row = add_person(actor=page.actor, facts=form.facts(), sent=submission(page))
        return reverse("roster:person", args=[row.pk])

    return form_page(page, form, act, "roster/person_form.html", done="已登记这名人员。")


def person_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(people_in(page.reach), pk)
    form = PersonForm(page.POST or None, instance=row, reach=page.reach)

    def act() -> str:
        change_person(
            actor=page.actor,
            person_id=row.pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        return reverse("roster:person", args=[row.pk])

    return form_page(page, form, act, "roster/person_form.html", person=row)


def _facts(page: Page, person: Person) -> list[dict[str, object]]:
    unit = person.unit
    facts: list[dict[str, object]] = [
        {"label": "编号", "value": person.code},
        {"label": "单位", "value": unit.name if unit is not None else ""},
    ]
    if unit is not None and page.actor.may("unit.view"):
        facts[1]["url"] = reverse("roster:unit", args=[unit.pk])
    if person.left is not None:
        facts.append({"label": "离开日期", "value": person.left})
    return facts
