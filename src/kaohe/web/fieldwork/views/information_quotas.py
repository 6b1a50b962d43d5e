"""Pages about who has to report how much, and what came: a month, a year, a workbook."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kaohe.web.common.actions import record_export
from kaohe.web.common.actor import Reach
from kaohe.web.common.pages import Page
from kaohe.web.common.workbooks import attachment, workbook
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.fieldwork.queries.closings import is_closed, year_of
from kaohe.web.fieldwork.queries.information_quotas import Holder, Tally, holders_in


def information_quota(page: Page) -> HttpResponse:
    """A month: who owes how many items, how many came, what is missing."""
    today = timezone.localdate()
    month = month_of(page.GET.get("month"), today)
    year = year_of(page.actor.county_id, month)
    holders = holders_in(page.reach, year, [month]) if year is not None else []
    due = [(one, one.months[0]) for one in holders if one.months[0].owed]
    context = {
        "month": month,
        "today": today,
        "year": year,
        "closed": is_closed(year, month),
        # What is missing most stands first; those without fault last.
        "due": sorted(due, key=lambda pair: -pair[1].missing),
        "total": sum((tally for _, tally in due), Tally()),
        "missing": sum(tally.missing for _, tally in due),
        "lacking": sum(1 for _, tally in due if tally.missing),
    }
    return render(page, "fieldwork/information_quota.html", context)


def information_year(page: Page) -> HttpResponse:
    """A year: each one's months beside each other, and the research report."""
    asked, months, holders = _year(page, page.reach)
    context = {
        "asked": asked,
        "year": year_of(page.actor.county_id, asked),
        "months": months,
        "holders": holders,
        "may_export": page.actor.may("list.export"),
        "today": timezone.localdate(),
    }
    return render(page, "fieldwork/information_year.html", context)


def information_year_export(page: Page) -> HttpResponse:
    asked, months, holders = _year(page, page.actor.reach("information.view"))
    name = f"{asked.year}年信息报送"
    heads = ["类别", "编号", "名称", "村"]
    for month in months:
        heads += [f"{month.month}月应报", f"{month.month}月已报", f"{month.month}月已接收"]
    heads += ["应报合计", "已接收合计", "各月还差合计", "应报调研报告", "已接收调研报告"]
    lines = [_line(one) for one in holders]
    record_export(actor=page.actor, what=name, rows=len(lines), filters=page.GET.urlencode())
    return attachment(workbook(name, heads, lines), f"{name}.xlsx")


def _year(page: Page, reach: Reach) -> tuple[date, list[date], list[Holder]]:
    """The year that is asked for, its months until today, and who owes anything in them."""
    today = timezone.localdate()
    asked = month_of(f"{page.GET.get('year', '')[:4]}-01", today.replace(month=1, day=1))
    year = year_of(page.actor.county_id, asked)
    months = [date(asked.year, number, 1) for number in range(1, 13)]
    months = [month for month in months if month <= today]
    return asked, months, holders_in(reach, year, months) if year is not None else []


def _line(one: Holder) -> list[object]:
    line: list[object] = [one.kind, one.row.code, one.row.name, one.place]
    for tally in one.months:
        line += [tally.owed, tally.reported, tally.received]
    total = one.total
    return [
        *line,
        total.owed,
        total.received,
        one.missing,
        one.research.owed,
        one.research.received,
    ]
