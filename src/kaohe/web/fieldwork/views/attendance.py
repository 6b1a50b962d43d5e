"""Pages about days in the village: a person's month, a township's, and where the books disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.actions import record_export
from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, one_of, paged, status_of, submission, submitted
from kaohe.web.common.workbooks import attachment, workbook
from kaohe.web.fieldwork.actions.attendance import MOST_SETTLED, settle
from kaohe.web.fieldwork.calendar import EARLIEST, LATEST, CalendarDay, last_of_month
from kaohe.web.fieldwork.forms.attendance import SettleForm, chosen_days
from kaohe.web.fieldwork.lists.attendance import SignInFilters, SignInTable, month_table
from kaohe.web.fieldwork.queries.attendance import (
    conflicts_in,
    month_rows,
    service_days,
    sign_ins_listed,
)
from kaohe.web.fieldwork.queries.choosing import Choice, choice_of
from kaohe.web.fieldwork.queries.cross_check import State
from kaohe.web.fieldwork.queries.postings import people_of, services_in, services_of
from kaohe.web.fieldwork.queries.workdays import calendar_of, in_weeks
from kaohe.web.roster.queries.reach import people_in

SHOWN = 50  # days of disagreement on a page


def sign_ins(page: Page) -> HttpResponse:
    rows = sign_ins_listed(page.reach)
    rights = {"may_export": page.actor.may("list.export")}
    return listing(
        page, rows, SignInFilters, SignInTable, "fieldwork/attendance_sign_ins.html", **rights
    )


def sign_ins_export(page: Page) -> HttpResponse:
    rows = sign_ins_listed(page.actor.reach("attendance.view"))
    return exported(page, rows, SignInFilters, SignInTable, "签到记录")


def person_month(page: Page, pk: int, year: int, month: int) -> HttpResponse:
    """A month of a person as a calendar, a posting after the other."""
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):
        raise Http404("没有这个月份。")
    person = one_of(people_in(page.reach).select_related("unit"), pk)
    first = date(year, month, 1)
    last = last_of_month(first)
    rows = month_rows(services_of(page.reach, person, first, last), first)
    calendar = calendar_of(page.actor.county_id, first, last)
    months = [(row, in_weeks(list(zip(calendar, row.cells, strict=True)), first)) for row in rows]
    context = {
        "person": person,
        "choice": Choice(first, None, ()),
        "months": months,
        "states": [state for state in State if state.sign],
        "working": sum(1 for day in calendar if day.works) if _known(calendar) else None,
        "may_settle": page.actor.may("attendance.settle") and pk not in people_of(page.actor),
    }
    return render(page, "fieldwork/attendance_person.html", context)


def month_grid(page: Page) -> HttpResponse:
    """A township's month: persons by days, to be printed on one sheet."""
    choice = choice_of(page.reach, page.GET)
    last = last_of_month(choice.month)
    rows = month_rows(services_in(page.reach, choice.month, last, **choice.conditions), last)
    days = calendar_of(page.actor.county_id, choice.month, last)
    context = {
        "choice": choice,
        "rows": [(row, list(zip(days, row.cells, strict=True))) for row in rows],
        "days": days,
        "states": [state for state in State if state.sign],
        "may_export": page.actor.may("list.export"),
    }
    return render(page, "fieldwork/attendance_grid.html", context)


def month_grid_export(page: Page) -> HttpResponse:
    reach = page.actor.reach("attendance.view")
    choice = choice_of(reach, page.GET)
    last = last_of_month(choice.month)
    rows = month_rows(services_in(reach, choice.month, last, **choice.conditions), last)
    heads, lines = month_table(choice, rows)
    name = f"{choice.township or ''}考勤月表{choice.month:%Y年%m月}"
    record_export(actor=page.actor, what=name, rows=len(lines), filters=choice.query)
    return attachment(workbook(name, heads, lines), f"{name}.xlsx")


def conflicts(page: Page) -> HttpResponse:
    """The days of a month on which the books disagree, with what each says."""
    choice = choice_of(page.reach, page.GET)
    settled = page.GET.get("show") == "settled"
    states = (State.SETTLED_IN, State.SETTLED_OUT) if settled else (State.CONFLICT,)
    days = conflicts_in(page.reach, choice.month, states, **choice.conditions)
    waiting = conflicts_in(page.reach, choice.month, (State.WAITING,), **choice.conditions)
    villages = {one.service.posting.village_id: one.service.posting.village for one in waiting}
    context = {
        "choice": choice,
        "settled": settled,
        "days": paged(days, page, SHOWN),
        "waiting": list(villages.values()),
        "own": people_of(page.actor),
        "may_settle": page.actor.may("attendance.settle"),
        "may_enter": page.actor.may("attendance.book"),
        "tabs": _tabs(choice, settled=settled, number=len(days)),
    }
    return render(page, "fieldwork/conflicts.html", context)


def settle_days(page: Page) -> HttpResponse:
    """Settle the chosen days with one reason."""
    codes = page.POST.getlist("day") or page.GET.getlist("day")
    chosen = chosen_days(codes)[:MOST_SETTLED]
    asked = [(one.posting_id, one.person_id, one.day) for one in chosen]
    form = SettleForm(page.POST or None)

    def act() -> str:
        settle(
            actor=page.actor,
            days=chosen,
            present=form.cleaned_data["present"],
            reason=form.cleaned_data["reason"],
            sent=submission(page),
        )
        month = f"?month={chosen[0].day:%Y-%m}" if chosen else ""
        return f"{reverse('fieldwork:conflicts')}{month}"

    answer = submitted(page, form, act, done=f"已认定 {len(chosen)} 天。")
    context = {"form": form, "days": service_days(page.reach, asked)}
    return answer or render(page, "fieldwork/conflict_settle.html", context, status=status_of(form))


def _known(calendar: Sequence[CalendarDay]) -> bool:
    return all(day.works is not None for day in calendar)


def _tabs(choice: Choice, *, settled: bool, number: int) -> list[dict[str, object]]:
    address = f"{reverse('fieldwork:conflicts')}?{choice.query}"
    return [
        _tab("待认定", address, None if settled else number),
        _tab("已认定", f"{address}&show=settled", number if settled else None),
    ]


def _tab(label: str, url: str, count: int | None) -> dict[str, object]:
    return {"label": label, "url": url, "active": count is not None, "count": count}
