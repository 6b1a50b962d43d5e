"""Pages about closing months."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.pages import Page, form_page, one_of, paged, submission
from kaohe.web.fieldwork.actions.closings import reopen_month
from kaohe.web.fieldwork.actions.closings_job import begin_closing
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.fieldwork.facts.about import begun, latest
from kaohe.web.fieldwork.facts.closed import is_intact
from kaohe.web.fieldwork.facts.left_open import left_open
from kaohe.web.fieldwork.facts.months import months_of, why_not_closable
from kaohe.web.fieldwork.facts.published import (
    closed_anew,
    later_closings,
    moves_of,
    published,
    with_rows,
)
from kaohe.web.fieldwork.facts.subjects import subjects_of, within
from kaohe.web.fieldwork.forms.closings import CloseForm, ReopenForm
from kaohe.web.fieldwork.queries.reach import closings_in
from kaohe.web.roster.queries.years import chosen_year

SHOWN = 50  # moved numbers on a page


def closings(page: Page) -> HttpResponse:
    """The year's months: which are over, closed, opened again."""
    year = chosen_year(page.reach, page.GET.get("year"))
    months = months_of(year, timezone.localdate()) if year is not None else []
    context = {
        "year": year,
        "months": months,
        "closed": sum(1 for one in months if one.closing is not None),
        "waiting": sum(1 for one in months if one.waits),
        "next": next((one for one in months if not one.refused), None),
        "may_close": page.actor.may("month.close"),
        "may_export": page.actor.may("list.export") and page.reach.whole,
    }
    return render(page, "fieldwork/closings.html", context)


def closing(page: Page, pk: int) -> HttpResponse:
    """A closing, and what has moved since; of an earlier one, what the next one holds otherwise.

    To compare takes seconds, so the page asks for that part of itself: `?look=1`.
    """
    row = one_of(closings_in(page.reach).select_related("year"), pk)
    later = closed_anew(row)
    context: dict[str, object] = {
        "closing": row,
        "later": later,
        "look": "look" in page.GET or "page" in page.GET,
        "published": published(row),
        "may_reopen": page.actor.may("month.close") and row.closed,
        "may_close": page.actor.may("month.close") and later is None and not row.closed,
    }
    if context["look"]:
        found = moves_of(row, within(page.reach, row.year, subjects_of(row.year)))
        moves = paged(found, page, SHOWN)
        shown = with_rows(page.actor, moves.object_list)
        context |= {"moves": moves, "shown": shown, "intact": is_intact(row)}
    return render(page, "fieldwork/closing.html", context)


def month_close(page: Page) -> HttpResponse:
    """Close a month: `?month=2016-03`, else the one that is next.

    What is still open takes seconds to find; the page asks for that part of itself: `?look=1`.
    """
    today = timezone.localdate()
    year = chosen_year(page.reach, page.GET.get("year"))
    if year is None:
        raise Http404("还没有工作年度，没有月份可以结账。")
    month = month_of(page.GET.get("month"), latest(begun(year, today), today))
    refused = why_not_closable(year, month, today)
    look = not refused and ("look" in page.GET or page.method == "POST")
    known = "confirmed" in page.POST
    waiting = left_open(page.reach, year, month, today) if look and not known else []
    form = CloseForm(page.POST or None, anything_open=bool(waiting) or known)

    def act() -> str:
        return begin_closing(
            actor=page.actor,
            year_id=year.pk,
            month=month,
            today=today,
            confirmed=known,
            sent=submission(page),
        )

    return form_page(
        page,
        form,
        act,
        "fieldwork/closing_close.html",
        done=f"正在结{date_format(month, 'YEAR_MONTH_FORMAT')}的账。",
        year=year,
        month=month,
        refused=refused,
        look=look,
        waiting=waiting,
    )


def closing_reopen(page: Page, pk: int) -> HttpResponse:
    """Open a closed month again, with the published numbers that it may move."""
    row = one_of(closings_in(page.reach).select_related("year"), pk)
    form = ReopenForm(page.POST or None)

    def act() -> str:
        reason = form.cleaned_data["reason"]
        reopen_month(actor=page.actor, closing_id=row.pk, reason=reason, sent=submission(page))
        return reverse("fieldwork:closing", args=[row.pk])

    return form_page(
        page,
        form,
        act,
        "fieldwork/closing_reopen.html",
        done=f"{date_format(row.month, 'YEAR_MONTH_FORMAT')}已重开，更正后请重新结账。",
        closing=row,
        published=published(row),
        later=later_closings(row),
    )
