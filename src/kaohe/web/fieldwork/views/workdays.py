"""Pages about the county's working days."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.pages import Page, status_of, submission, submitted
from kaohe.web.fieldwork.actions.workdays import set_workday, set_year
from kaohe.web.fieldwork.calendar import EARLIEST, FIRST, LAST, LATEST
from kaohe.web.fieldwork.forms.workdays import WorkdayForm, YearForm
from kaohe.web.fieldwork.queries.workdays import calendar_year


def workdays(page: Page) -> HttpResponse:
    """A year's calendar on one page."""
    asked = page.GET.get("year", "")
    year = int(asked[:4]) if asked.isascii() and asked.isdigit() else timezone.localdate().year
    if not EARLIEST <= year <= LATEST:
        raise Http404("没有这个年份。")
    context = {
        "calendar": calendar_year(page.actor.county_id, year),
        "may_change": page.actor.may("workday.change"),
        "beyond": not FIRST <= year <= LAST,
        "before": year - 1 if year > EARLIEST else None,
        "after": year + 1 if year < LATEST else None,
        "week": "一二三四五六日",
    }
    return render(page, "fieldwork/workdays.html", context)


def workday_set(page: Page) -> HttpResponse:
    form = WorkdayForm(page.POST or None, initial={"day": page.GET.get("day", "")})

    def act() -> str:
        values = form.cleaned_data
        set_workday(
            actor=page.actor,
            day=values["day"],
            works=values["works"],
            note=values["note"],
            sent=submission(page),
        )
        return f"{reverse('fieldwork:workdays')}?year={values['day'].year}"

    answer = submitted(page, form, act)
    return answer or render(
        page, "fieldwork/workday_form.html", {"form": form}, status=status_of(form)
    )


def workday_year(page: Page, year: int) -> HttpResponse:
    """Enter all holidays of a year that the calendar's table does not hold."""
    if not EARLIEST <= year <= LATEST:
        raise Http404("没有这个年份。")
    form = YearForm(page.POST or None, year=year)
    address = f"{reverse('fieldwork:workdays')}?year={year}"

    def act() -> str:
        values = form.cleaned_data
        set_year(
            actor=page.actor,
            year=year,
            off=values["off"],
            on=values["on"],
            sent=submission(page),
        )
        return address

    answer = submitted(page, form, act, done=f"{year} 年的工作日已录入。")
    context = {"form": form, "year": year, "cancel_url": address}
    return answer or render(page, "fieldwork/workday_year.html", context, status=status_of(form))
