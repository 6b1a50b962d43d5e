"""Numbers in clear: shown once for a reason, and looked up whole. Both are written down."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kaohe.web.common.errors import Refusal
from kaohe.web.common.pages import Page, one_of, status_of, submission
from kaohe.web.roster.actions.people import look_up, reveal_person
from kaohe.web.roster.forms.people import LookUpForm, RevealForm
from kaohe.web.roster.models import Person
from kaohe.web.roster.queries.reach import people_in


def person_reveal(page: Page, pk: int) -> HttpResponse:
    row = one_of(people_in(page.reach), pk)
    form = RevealForm(page.POST or None, person=row)
    shown: dict[str, str] = {}
    if page.method == "POST" and form.is_valid():
        try:
            shown = reveal_person(
                actor=page.actor,
                person_id=row.pk,
                fields=form.cleaned_data["fields_shown"],
                reason=form.cleaned_data["reason"],
                sent=submission(page),
            )
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
    template = "roster/person_numbers.html" if page.htmx else "roster/person_reveal.html"
    # What is shown belongs to this answer alone: once more it takes a reason once more.
    again = RevealForm(person=row) if shown else form
    context = {"person": row, "reveal": again, "shown": shown}
    response = render(page, template, context, status=200 if shown else status_of(form))
    response["Cache-Control"] = "no-store"
    return response


def person_lookup(page: Page) -> HttpResponse:
    form = LookUpForm(page.POST or None)
    people: list[Person] | None = None
    if page.method == "POST" and form.is_valid():
        try:
            people = look_up(
                actor=page.actor, number=form.cleaned_data["number"], sent=submission(page)
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    context = {"form": LookUpForm() if people else form, "people": people}
    return render(page, "roster/person_lookup.html", context, status=status_of(form))
