"""A person's journals, bound as a PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kaohe.web.common.actions import record_export
from kaohe.web.common.pages import Page, status_of
from kaohe.web.common.workbooks import attachment
from kaohe.web.fieldwork.forms.journals import BoundForm
from kaohe.web.fieldwork.printing.bound import bound_journals
from kaohe.web.fieldwork.queries.journals import journals_to_bind, people_with_journals
from kaohe.web.fieldwork.queries.postings import people_of


def journals_bound(page: Page) -> HttpResponse:
    """The PDF of `?person=&first=&last=`; the form for them while one is missing."""
    asked = page.GET if {"person", "first", "last"} & set(page.GET) else None
    form = BoundForm(asked, people=people_with_journals(page.reach))
    if not form.is_bound or not form.is_valid():
        return render(page, "fieldwork/bound.html", {"form": form}, status=status_of(form))
    person, first, last = (form.cleaned_data[name] for name in ("person", "first", "last"))
    journals = journals_to_bind(page.reach, person, first, last)
    if not journals:
        form.add_error(None, "这段时间没有日志；请换日期。")
        return render(page, "fieldwork/bound.html", {"form": form}, status=status_of(form))
    # Whoever takes another's journals out of the site is written down.
    if person.pk not in people_of(page.actor):
        record_export(
            actor=page.actor,
            what=f"{person}的日志（装订）",
            rows=len(journals),
            filters=page.GET.urlencode(),
        )
    content = bound_journals(person, journals, first, last)
    return attachment(content, f"{person}工作日志.pdf", "application/pdf")
