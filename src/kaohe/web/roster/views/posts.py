"""Pages about the posts that people hold."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from kaohe.web.common.pages import Page, form_page, one_of, submission
from kaohe.web.roster.actions.posts import add_post, end_post
from kaohe.web.roster.forms.posts import PostEndForm, PostForm
from kaohe.web.roster.queries.people import own_units, posts_in
from kaohe.web.roster.queries.reach import people_in


def post_add(page: Page) -> HttpResponse:
    """With ?person= or ?unit= the form begins with them, and leads back to them."""
    person = page.GET.get("person")
    unit = page.GET.get("unit")
    known = one_of(people_in(page.reach), person) if person else None
    where = one_of(own_units(page.reach), unit) if unit else known and known.unit
    form = PostForm(page.POST or None, reach=page.reach, initial={"person": known, "unit": where})

    def act() -> str:
        row = add_post(actor=page.actor, facts=form.facts(), sent=submission(page))
        return reverse("roster:person", args=[row.person_id])

    return form_page(
        page, form, act, "roster/post_form.html", done="已登记职务。", person=known, unit=where
    )


def post_end(page: Page, pk: int) -> HttpResponse:
    row = one_of(posts_in(page.reach), pk)
    form = PostEndForm(page.POST or None, instance=row)

    def act() -> str:
        end_post(
            actor=page.actor,
            post_id=row.pk,
            seen=form.seen,
            end=form.cleaned_data["end"],
            sent=submission(page),
        )
        return reverse("roster:person", args=[row.person_id])

    return form_page(page, form, act, "roster/post_end.html", done="已登记离任。", post=row)
