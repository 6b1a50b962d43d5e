"""Pages on which work records are confirmed, refused, or a confirmation taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.pages import (
    Page,
    finished,
    led_to,
    one_of,
    paged,
    status_of,
    submission,
    submitted,
)
from kaohe.web.fieldwork.actions.records_confirm import (
    Seen,
    confirm_records,
    refuse_record,
    take_back,
)
from kaohe.web.fieldwork.forms.records import ReasonForm
from kaohe.web.fieldwork.lists.records import WaitingFilters
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.records import records_listed, shared_files, sorts_of
from kaohe.web.fieldwork.queries.records_allowed import why_month_closed
from kaohe.web.fieldwork.queries.records_confirming import waiting_for, why_not_confirmed
from kaohe.web.fieldwork.queries.records_subjects import subject_of
from kaohe.web.fieldwork.views.records_tabs import tabs_of

SHOWN = 50


def records_waiting(page: Page) -> HttpResponse:
    """The inbox of whoever confirms: each record with its evidence, to be ticked."""
    waiting = records_listed(page.reach).filter(pk__in=waiting_for(page.actor).values("pk"))
    filters = WaitingFilters(page.GET, queryset=waiting.order_by("day", "pk"), request=page)
    rows = paged(filters.qs.prefetch_related("evidence"), page, SHOWN)
    shared = shared_files(rows)
    sorts, files_reach = sorts_of(page.actor.county_id), page.actor.reach("evidence.view")
    context = {
        "tabs": tabs_of(page.actor, "records-waiting"),
        "filter": filters,
        "rows": rows,
        "lines": [
            {
                "record": row,
                "subject": subject_of(row),
                "sort": sorts.of(row),
                "sort_name": sorts.name_of(row),
                "amount": sorts.amount_of(row),
                "files": shown(row.evidence.all(), files_reach) if row.files else [],
                "shared": max((shared.get(one.pk, 0) for one in row.evidence.all()), default=0),
            }
            for row in rows
        ],
    }
    return render(page, "fieldwork/records_waiting.html", context)


def records_confirm(page: Page) -> HttpResponse:
    """Confirm those that were ticked, or the only one whose button was pressed."""
    if page.method != "POST":
        return led_to(page, reverse("fieldwork:records-waiting"))
    only = page.POST.get("only")
    codes = [only] if only else page.POST.getlist("record")
    number = confirm_records(actor=page.actor, chosen=_seen(codes), sent=submission(page))
    return finished(page, reverse("fieldwork:records-waiting"), f"已确认 {number} 条工作记录。")


def record_refuse(page: Page, pk: int) -> HttpResponse:
    return _with_reason(page, pk, refuse_record, "fieldwork/record_refuse.html", "已退回登记的人。")


def record_take_back(page: Page, pk: int) -> HttpResponse:
    done = "已撤销确认；登记的人可以修改，改好再确认。"
    return _with_reason(page, pk, take_back, "fieldwork/record_take_back.html", done)


def _with_reason(
    page: Page, pk: int, decide: Callable[..., WorkRecord], template: str, done: str
) -> HttpResponse:
    row = one_of(records_listed(page.reach), pk)
    form = ReasonForm(page.POST or None, initial={"version": row.version})

    def act() -> str:
        decided = decide(
            actor=page.actor,
            record_id=pk,
            seen=form.seen,
            reason=form.cleaned_data["reason"],
            sent=submission(page),
        )
        return reverse("fieldwork:record", args=[decided.pk])

    answer = submitted(page, form, act, done=done)
    context: dict[str, Any] = {
        "form": form,
        "record": row,
        "subject": subject_of(row),
        "sort_name": sorts_of(row.county_id).name_of(row),
        "files": shown(row.evidence.all(), page.actor.reach("evidence.view")),
        "refused": why_not_confirmed(page.actor, row) or why_month_closed(row),
    }
    return answer or render(page, template, context, status=status_of(form))


def _seen(codes: list[str]) -> list[Seen]:
    """What the boxes say, `12-3`: the record and its version; anything else is no box of ours."""
    chosen = []
    for code in codes:
        record, _, version = code.partition("-")
        if code.isascii() and record.isdecimal() and version.isdecimal() and len(code) <= 30:
            chosen.append(Seen(int(record), int(version)))
    return chosen
