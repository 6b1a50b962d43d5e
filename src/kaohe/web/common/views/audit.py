"""Pages of the audit log: its entries, what is taken out of it, its heads, and its verification."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.audit.actions import record_head_printed, record_taken_out
from kaohe.web.common.audit.checking import begin_check, last_checks
from kaohe.web.common.audit.export import audit_workbook
from kaohe.web.common.audit.forms import CheckForm, DayForm
from kaohe.web.common.audit.heads import head_of, last_heads, write_heads
from kaohe.web.common.audit.lists import EntryFilters, EntryTable
from kaohe.web.common.audit.pages import about_entry, about_export, about_head
from kaohe.web.common.audit.queries import base_of, slice_of, visible_to
from kaohe.web.common.pages import Page, finished, led_to, one_of, status_of, submission

PRINTED_AT_MOST = 2_000


def entries(page: Page) -> HttpResponse:
    write_heads()
    shown = EntryFilters(page.GET, queryset=base_of(page.reach, page.GET), request=page)
    part = slice_of(shown.qs, before=page.GET.get("before", ""), after=page.GET.get("after", ""))
    context = {
        "filter": shown,
        "part": part,
        "table": EntryTable(part.rows, prefix="entries-"),
        "may_export": page.actor.may("audit.export"),
        "last_check": next(iter(last_checks(1)), None),
    }
    return render(page, "audit/entries.html", context)


def entry(page: Page, seq: int) -> HttpResponse:
    row = one_of(visible_to(page.reach), seq)
    return render(page, "audit/entry.html", about_entry(page.actor, row))


def export(page: Page) -> HttpResponseBase:
    shown = EntryFilters(page.GET, queryset=base_of(page.reach, page.GET), request=page)
    if not shown.form.is_valid():
        raise Http404("筛选条件写得不对，没有导出。")
    count, words = shown.qs.count(), shown.in_words()
    if page.GET.get("as") == "print":
        rows = shown.qs[:PRINTED_AT_MOST]
        record_taken_out(actor=page.actor, printed=True, rows=len(rows), filters=words)
        context = {"entries": rows, "count": count, "filters": words, "most": PRINTED_AT_MOST}
        return render(page, "audit/print.html", context)
    record_taken_out(actor=page.actor, printed=False, rows=count, filters=words)
    notes = about_export(page.actor, words, count)
    out = audit_workbook(notes, shown.qs.iterator(chunk_size=1000))
    return FileResponse(
        out, as_attachment=True, filename=f"审计记录-{timezone.localdate():%Y%m%d}.xlsx"
    )


def head(page: Page) -> HttpResponse:
    write_heads()
    form = DayForm(page.GET or None, initial={"day": timezone.localdate()})
    day = form.cleaned_data["day"] if form.is_valid() else timezone.localdate()
    chosen = head_of(day)
    if page.method == "POST" and chosen is not None:
        location = f"{reverse('audit:head')}?day={day:%Y-%m-%d}"
        record_head_printed(actor=page.actor, head=chosen, location=location, sent=submission(page))
        return finished(page, location, "已记录：打印了日末值。")
    context = {"form": form, "heads": last_heads(), **about_head(chosen)}
    return render(page, "audit/head.html", context, status=status_of(form))


def verify(page: Page) -> HttpResponse:
    form = CheckForm(page.POST or None)
    if page.method == "POST" and form.is_valid():
        job = begin_check(page.actor, form.cleaned_data["outside"])
        if job is not None:
            return led_to(page, reverse("common:job", args=[job.pk]))
        return finished(page, reverse("audit:verify"), "核对完毕。")
    checks = last_checks()
    context = {"form": form, "last": checks[0] if checks else None, "earlier": checks[1:]}
    return render(page, "audit/verify.html", context, status=status_of(form))
