"""The history of one object, as the audit log has it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.pages import Page, one_of, paged
from kaohe.web.roster.queries.history import KINDS, entries_about, events


def history(page: Page, kind: str, pk: int) -> HttpResponse:
    if kind not in KINDS:
        raise Http404("没有这一类修改历史。")
    row = one_of(KINDS[kind](page.reach), pk)
    shown = paged(entries_about(row, page.reach), page)
    context = {
        "row": row,
        "kind": row._meta.verbose_name,
        "page_obj": shown,
        "events": events(shown.object_list),
        "back": reverse(f"roster:{kind}", args=[row.pk]),
    }
    return render(page, "roster/history.html", context)
