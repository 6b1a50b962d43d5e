"""Pages about facts: a kind's month, a subject's year, and the rows behind a number."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_tables2 import RequestConfig

from kaohe.web.common.actions import record_export
from kaohe.web.common.pages import PER_PAGE, Page, led_to
from kaohe.web.common.workbooks import attachment, workbook
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.fieldwork.facts.about import asked_of, begun, latest, subject_of
from kaohe.web.fieldwork.facts.behind import behind
from kaohe.web.fieldwork.facts.closed import standing_closings
from kaohe.web.fieldwork.facts.required import required_of
from kaohe.web.fieldwork.facts.sheets import PER, facts_of, month_sheet, standing_of, year_sheet
from kaohe.web.fieldwork.facts.subjects import Subject, subjects_of, within
from kaohe.web.fieldwork.facts.table import as_csv, facts_table
from kaohe.web.fieldwork.lists.facts import fact_lines, fact_table, subject_url
from kaohe.web.fieldwork.queries.postings import people_of
from kaohe.web.roster.models import Team, WorkYear
from kaohe.web.roster.queries.years import chosen_year


def facts(page: Page) -> HttpResponse:
    """All subjects of a kind in a month; whoever reaches only themselves is led to their own."""
    if (own := _own(page)) is not None:
        return led_to(page, subject_url(own))
    asked = asked_of(page.reach, page.GET)
    if asked is None or not asked.kind:
        return render(page, "fieldwork/facts.html", {"asked": asked})
    shown = facts_of(asked.year, asked.kind)
    rows = month_sheet(asked.year, asked.kind, asked.subjects, asked.month)
    query, year = f"year={asked.year.year}&month={asked.month:%Y-%m}", f"year={asked.year.year}"
    table = fact_table(shown, rows, query, year)
    RequestConfig(page, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {
        "asked": asked,
        "table": table,
        "notes": [(fact, required_of(asked.year.scheme, asked.kind, fact)) for fact in shown],
        "closing": standing_closings(asked.year).get(asked.month),
        "may_export": page.actor.may("list.export"),
        "per": PER,
    }
    return render(page, "fieldwork/facts.html", context)


def facts_export(page: Page) -> HttpResponse:
    asked = asked_of(page.actor.reach("fact.view"), page.GET)
    if asked is None or not asked.kind:
        raise Http404("还没有工作年度，没有数据可以导出。")
    rows = month_sheet(asked.year, asked.kind, asked.subjects, asked.month)
    heads, lines = fact_lines(facts_of(asked.year, asked.kind), rows)
    name = f"{asked.kind}平时数据{asked.month:%Y年%m月}"
    record_export(actor=page.actor, what=name, rows=len(lines), filters=asked.query)
    return attachment(workbook(name, heads, lines), f"{name}.xlsx")


def facts_table_export(page: Page) -> HttpResponse:
    """The whole county's facts as the engine reads them."""
    reach = page.actor.reach("fact.view")
    year = chosen_year(reach, page.GET.get("year"))
    if year is None or not reach.whole:
        raise Http404("数据表是全县的，由看全县数据的单位导出。")
    lines = facts_table(year, timezone.localdate())
    record_export(actor=page.actor, what=f"{year}数据表", rows=len(lines), filters="计分用")
    # The sign at the beginning lets a spreadsheet know that the text is UTF-8.
    return attachment(as_csv(lines).encode("utf-8-sig"), "facts.csv", "text/csv")


def fact_unit(page: Page, pk: int) -> HttpResponse:
    return _subject_page(page, *subject_of(page.reach, page.GET, unit=pk))


def fact_posting(page: Page, pk: int) -> HttpResponse:
    return _subject_page(page, *subject_of(page.reach, page.GET, posting=pk))


def fact_rows_unit(page: Page, pk: int) -> HttpResponse:
    return _rows_page(page, *subject_of(page.reach, page.GET, unit=pk))


def fact_rows_posting(page: Page, pk: int) -> HttpResponse:
    return _rows_page(page, *subject_of(page.reach, page.GET, posting=pk))


def _own(page: Page) -> Subject | None:
    """The one subject of an account that reaches nobody else."""
    reach, year = page.reach, chosen_year(page.reach, page.GET.get("year"))
    if year is None or reach.whole or reach.units or reach.townships:
        return None
    found = within(reach, year, subjects_of(year))
    return found[0] if len(found) == 1 else None


def _subject_page(page: Page, year: WorkYear, subject: Subject) -> HttpResponse:
    months = begun(year, timezone.localdate())
    closed = standing_closings(year)
    context = {
        "year": year,
        "subject": subject,
        "own": _is_own(page, subject),
        "months": [(month, month in closed) for month in months],
        "lines": year_sheet(year, subject, months),
        "rows_url": subject_url(subject, "fact-rows"),
    }
    return render(page, "fieldwork/fact_subject.html", context)


def _rows_page(page: Page, year: WorkYear, subject: Subject) -> HttpResponse:
    """What a number is counted from: `?fact=secretary_days&month=2016-03`."""
    months = begun(year, timezone.localdate())
    month = month_of(page.GET.get("month"), latest(months, timezone.localdate()))
    asked = page.GET.get("fact", "")
    known = facts_of(year, subject.kind)
    fact = next((one for one in known if one.code == asked), known[0] if known else None)
    if fact is None or month not in months:
        raise Http404("没有这项数据，或这个月不在这一年里。")
    cell = standing_of(year, subject, fact, month)
    rows = cell.standing.derived.rows if cell is not None else ()
    context = {
        "year": year,
        "subject": subject,
        "fact": fact,
        "month": month,
        "cell": cell,
        "per": PER[fact.per],
        "required": required_of(year.scheme, subject.kind, fact),
        "groups": behind(page.actor, rows),
        "subject_url": f"{subject_url(subject)}?year={year.year}",
    }
    return render(page, "fieldwork/fact_rows.html", context)


def _is_own(page: Page, subject: Subject) -> bool:
    own = people_of(page.actor)
    if isinstance(subject.row, Team):
        return bool(own) and not page.reach.whole
    return bool(subject.postings) and subject.row.pk in own
