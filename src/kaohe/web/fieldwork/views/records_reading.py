"""Pages on which work records are read: the list, one record, a year."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, one_of
from kaohe.web.fieldwork.lists.records import RecordFilters, RecordTable, WholeRecordTable
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.records import records_listed, sorts_of
from kaohe.web.fieldwork.queries.records_allowed import why_month_closed, why_not_changed
from kaohe.web.fieldwork.queries.records_confirming import why_not_confirmed
from kaohe.web.fieldwork.queries.records_subjects import seen_subject, subject_of, subjects_in
from kaohe.web.fieldwork.queries.records_year import year_of_all, year_of_subject
from kaohe.web.fieldwork.views.records_tabs import tabs_of
from kaohe.web.roster.queries.reach import years_in
from kaohe.web.roster.queries.years import chosen_year

State = WorkRecord.State


def records_list(page: Page) -> HttpResponse:
    rights = {
        "tabs": tabs_of(page.actor, "records-list"),
        "may_report": page.actor.may("record.report"),
        "may_export": page.actor.may("list.export"),
    }
    rows = records_listed(page.reach)
    return listing(page, rows, RecordFilters, RecordTable, "fieldwork/records_list.html", **rights)


def records_export(page: Page) -> HttpResponse:
    page.reach = page.actor.reach("record.view")
    rows = records_listed(page.reach)
    return exported(page, rows, RecordFilters, WholeRecordTable, "工作记录")


def record(page: Page, pk: int) -> HttpResponse:
    row = one_of(records_listed(page.reach), pk)
    sorts = sorts_of(row.county_id)
    closed = why_month_closed(row)
    may_decide = not closed and not why_not_confirmed(page.actor, row)
    context = {
        "record": row,
        "subject": subject_of(row),
        "sort": sorts.of(row),
        "sort_name": sorts.name_of(row),
        "target_name": sorts.target_name_of(row),
        "amount": sorts.amount_of(row),
        "amount_name": sorts.quantity_name_of(row),
        "files": shown(row.evidence.all(), page.actor.reach("evidence.view")),
        "closed": closed,
        "may_change": not why_not_changed(page.actor, row),
        "may_confirm": may_decide and row.state == State.REPORTED,
        "may_take_back": may_decide and row.state == State.CONFIRMED,
    }
    return render(page, "fieldwork/record.html", context)


def records_year(page: Page) -> HttpResponse:
    """A year of one subject, `?subject=posting-7`; without one, of all within reach."""
    year = chosen_year(page.reach, page.GET.get("year"))
    context: dict[str, object] = {
        "tabs": tabs_of(page.actor, "records-year"),
        "year": year,
        "years": list(years_in(page.reach).values_list("year", flat=True)),
    }
    if year is None:
        return render(page, "fieldwork/records_year_all.html", context)
    subject = seen_subject(page.reach, page.GET.get("subject"))
    if subject is None and len(all_of := subjects_in(page.reach, year)) == 1:
        subject = all_of[0]
    if subject is None:
        context["tables"] = year_of_all(page.reach, year)
        return render(page, "fieldwork/records_year_all.html", context)
    context |= {"subject": subject, "lines": year_of_subject(page.reach, subject, year)}
    return render(page, "fieldwork/records_year.html", context)
