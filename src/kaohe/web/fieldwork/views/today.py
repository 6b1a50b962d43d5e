"""Today, and signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.pages import Page, status_of, submission, submitted
from kaohe.web.fieldwork.actions.attendance import sign_in
from kaohe.web.fieldwork.calendar import DAY
from kaohe.web.fieldwork.forms.attendance import SignInForm
from kaohe.web.fieldwork.queries.choosing import choice_of
from kaohe.web.fieldwork.queries.closings import terms_of
from kaohe.web.fieldwork.queries.postings import own_services
from kaohe.web.fieldwork.queries.today import numbers_of, own_today, present_today


def today(page: Page) -> HttpResponse:
    """The own day of somebody in the field; for offices, who is in the villages."""
    day = timezone.localdate()
    if page.actor.may("attendance.sign_in"):
        shown = own_today(page.actor, day)
        form = SignInForm(None, None, services=shown.services, initial={"day": day})
        return render(page, "fieldwork/today.html", {"today": shown, "form": form})
    choice = choice_of(page.reach, page.GET)
    rows = present_today(page.reach, day, **choice.conditions)
    context = {"day": day, "choice": choice, "rows": rows, "numbers": numbers_of(rows)}
    return render(page, "fieldwork/today_overview.html", context)


def sign_in_page(page: Page) -> HttpResponse:
    """Sign in for today, or for a day before with a reason."""
    day = timezone.localdate()
    latest = terms_of(page.actor.county_id, day).late_sign_in
    services = own_services(page.actor, day - latest * DAY, day)
    form = SignInForm(
        page.POST or None,
        page.FILES or None,
        services=services,
        initial={"day": page.GET.get("day", "")},
    )

    def act() -> str:
        facts = form.facts()
        if sign_in(actor=page.actor, facts=facts, sent=submission(page)).repeated:
            messages.info(page, f"{date_format(facts.day)}先前已经签到，以第一次为准。")
        return reverse("fieldwork:today")

    answer = submitted(page, form, act, done="已签到。")
    context = {"form": form, "latest": latest, "services": services}
    return answer or render(
        page, "fieldwork/attendance_sign_in.html", context, status=status_of(form)
    )
