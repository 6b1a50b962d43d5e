"""The page on which a village's paper attendance book is entered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.pages import Page, finished, one_of, submission
from kaohe.web.fieldwork.actions.book import BookRefused, enter_book
from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.forms.book import BookGrid
from kaohe.web.fieldwork.queries.attendance import book_of, villages_and_books
from kaohe.web.fieldwork.queries.choosing import Choice, choice_of
from kaohe.web.fieldwork.queries.closings import is_closed, year_of
from kaohe.web.fieldwork.queries.postings import people_of, services_in
from kaohe.web.fieldwork.queries.workdays import calendar_of
from kaohe.web.roster.models import Village
from kaohe.web.roster.queries.reach import villages_in


def book(page: Page) -> HttpResponse:
    """A village's month as a grid; without a village the township's villages to choose from."""
    choice = choice_of(page.reach, page.GET)
    if "village" not in page.GET:
        rows = villages_and_books(page.reach, choice.month, **choice.conditions)
        return render(page, "fieldwork/book_villages.html", {"choice": choice, "rows": rows})
    village = one_of(villages_in(page.reach).select_related("township"), page.GET.get("village"))
    closed = is_closed(year_of(page.actor.county_id, choice.month), choice.month)
    grid = _grid(page, village, choice, locked=closed)
    answer = _saved(page, village, choice, grid) if page.method == "POST" else None
    context = {
        "village": village,
        "choice": choice,
        "grid": grid,
        "closed": closed,
        "days": calendar_of(page.actor.county_id, choice.month, last_of_month(choice.month)),
    }
    return answer or render(page, "fieldwork/book.html", context, status=grid.status)


def _grid(page: Page, village: Village, choice: Choice, *, locked: bool) -> BookGrid:
    first, last = choice.month, last_of_month(choice.month)
    serving = services_in(page.reach, first, last, village=village.pk)
    return BookGrid.of(
        serving,
        calendar_of(page.actor.county_id, first, last),
        book_of(serving, first, last),
        today=timezone.localdate(),
        own=people_of(page.actor),
        locked=locked,
    )


def _saved(page: Page, village: Village, choice: Choice, grid: BookGrid) -> HttpResponse | None:
    """Store the changed cells; None when the grid must be shown again."""
    marks = grid.take(page.POST)
    if grid.wrong:
        return None
    try:
        number = enter_book(
            actor=page.actor,
            village_id=village.pk,
            month=choice.month,
            marks=marks,
            sent=submission(page),
        )
    except BookRefused as refused:
        grid.refuse(refused)
        return None
    address = f"{reverse('fieldwork:book')}?village={village.pk}&month={choice.month:%Y-%m}"
    said = f"已保存，改动 {number} 格。" if number else "没有改动，不用保存。"
    return finished(page, address, said)
