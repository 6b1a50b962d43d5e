"""Pages about monthly reports."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, one_of, status_of, submission, submitted
from kaohe.web.fieldwork.actions.reports import write_report
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.fieldwork.forms.reports import ReportForm
from kaohe.web.fieldwork.lists.reports import ReportFilters, ReportTable, WholeReportTable
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.postings import Service, people_of
from kaohe.web.fieldwork.queries.reports import (
    changeable_until,
    days_late,
    due_day,
    dues_in,
    own_report,
    reports_listed,
    services_of_month,
    why_not_now,
)


def reports(page: Page) -> HttpResponse:
    rights = {
        "may_write": page.actor.may("report.write"),
        "may_export": page.actor.may("list.export"),
    }
    rows = reports_listed(page.reach)
    template = "fieldwork/reports.html"
    return listing(page, rows, ReportFilters, ReportTable, template, **rights)


def reports_export(page: Page) -> HttpResponse:
    page.reach = page.actor.reach("report.view")
    return exported(page, reports_listed(page.reach), ReportFilters, WholeReportTable, "月报")


def reports_due(page: Page) -> HttpResponse:
    """Who has reported about a month, who was late, who is missing."""
    today = timezone.localdate()
    month = month_of(page.GET.get("month"), today)
    dues = dues_in(page.reach, month, today)
    there = [one for one in dues if one.report is not None]
    due, missing = due_day(page.actor.county_id, month), len(dues) - len(there)
    context = {
        "month": month,
        "today": today,
        "dues": sorted(dues, key=lambda one: one.report is not None),
        "reported": len(there),
        "late": sum(1 for one in there if one.days_late),
        "open": missing,
        "open_tone": ("danger" if today > due else "warning") if missing else "",
        "open_hint": f"应在{date_format(due)}以前报",
    }
    return render(page, "fieldwork/reports_due.html", context)


def report(page: Page, pk: int) -> HttpResponse:
    row = one_of(reports_listed(page.reach), pk)
    own = row.person_id in people_of(page.actor)
    refused = why_not_now(row.county_id, row.month, timezone.localdate(), row)
    context = {
        "report": row,
        "late": days_late(row),
        "until": changeable_until(row),
        "may_change": own and not refused and page.actor.may("report.write"),
        "files": shown(row.evidence.all(), page.actor.reach("evidence.view")),
    }
    return render(page, "fieldwork/report.html", context)


def report_write(page: Page) -> HttpResponse:
    """A month's report, new or to be changed: `?month=2016-03`, else this month's."""
    today = timezone.localdate()
    month = month_of(page.GET.get("month"), today)
    services = services_of_month(page.actor, month)
    service = _chosen(services, page.GET.get("service", ""))
    context: dict[str, object] = {"month": month, "today": today}
    if service is None:
        return render(page, "fieldwork/report_write.html", context)
    row = own_report(page.actor, service, month)
    form = ReportForm(
        page.POST or None, page.FILES or None, instance=row, service=service, month=month
    )

    def act() -> str:
        stored = write_report(
            actor=page.actor, facts=form.facts(), seen=form.seen, sent=submission(page)
        )
        return reverse("fieldwork:report", args=[stored.pk])

    done = f"{date_format(month, 'YEAR_MONTH_FORMAT')}月报已报送。"
    answer = submitted(page, form, act, done=done)
    context |= {
        "form": form,
        "services": services,
        "service": service,
        "report": row,
        "refused": why_not_now(page.actor.county_id, month, today, row),
        "due": due_day(page.actor.county_id, month),
        "until": changeable_until(row) if row else None,
        "address": f"{page.path}?month={month:%Y-%m}&service={_code(service)}",
    }
    return answer or render(page, "fieldwork/report_write.html", context, status=status_of(form))


def _chosen(services: Sequence[Service], asked: str) -> Service | None:
    return next((one for one in services if _code(one) == asked), services[0] if services else None)


def _code(service: Service) -> str:
    return f"{service.posting.pk}-{service.person.pk}"
