"""Pages about departments' integrated funds."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.actions import record_export
from kaohe.web.common.pages import Page, form_page, may_about, one_of, submission
from kaohe.web.common.workbooks import attachment, workbook
from kaohe.web.fieldwork.actions.funds import change_fund, decide_fund, report_fund
from kaohe.web.fieldwork.forms.deciding import DecideForm
from kaohe.web.fieldwork.forms.funds import FundForm
from kaohe.web.fieldwork.lists.funds import HEADS, NARROWED, as_rows
from kaohe.web.fieldwork.models import FundIntegration
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.funds import funds_listed, limits, lines, ratio_of
from kaohe.web.fieldwork.queries.reach import funds_in
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.reach import years_in
from kaohe.web.roster.queries.years import chosen_year


def funds(page: Page) -> HttpResponse:
    """Departments with their ratios, those that still have to report some too."""
    year = chosen_year(page.reach, page.GET.get("year"))
    context: dict[str, object] = {"year": year, "years": years_in(page.reach)}
    if year is not None:
        found = lines(page.reach, year)
        context |= {
            "lines": NARROWED.kept(page, found),
            "tabs": NARROWED.tabs(page, found, year.year),
            "may_report": year.state != WorkYear.State.CLOSED and page.actor.may("fund.report"),
            "may_export": page.actor.may("list.export"),
        }
    return render(page, "fieldwork/funds.html", context)


def funds_export(page: Page) -> HttpResponse:
    reach = page.actor.reach("fund.view")
    year = chosen_year(reach, page.GET.get("year"))
    found = lines(reach, year) if year is not None else []
    rows = as_rows(NARROWED.kept(page, found))
    record_export(actor=page.actor, what="资金整合", rows=len(rows), filters=page.GET.urlencode())
    return attachment(workbook("资金整合", HEADS, rows), "资金整合.xlsx")


def fund(page: Page, pk: int) -> HttpResponse:
    row = one_of(funds_listed(page.reach), pk)
    limit = limits(row.year.scheme)[row.kind]
    ratio = ratio_of(row)
    open_year = row.year.state != WorkYear.State.CLOSED
    context = {
        "fund": row,
        "ratio": ratio,
        "limit": limit,
        "met": limit.met_by(ratio) if limit is not None and ratio is not None else None,
        "files": shown(row.evidence.all(), page.actor.reach("evidence.view")),
        "others": funds_listed(page.reach)
        .filter(year=row.year, unit=row.unit, kind=row.kind)
        .order_by("-day"),
        "may_change": open_year
        and not row.is_confirmed
        and may_about(page, "fund.report", row, funds_in),
        "may_decide": open_year
        and not row.is_returned
        and may_about(page, "fund.confirm", row, funds_in),
        "own": row.reported_by_id == page.actor.account_id,
    }
    return render(page, "fieldwork/fund.html", context)


def fund_add(page: Page) -> HttpResponse:
    year = chosen_year(page.reach, page.GET.get("year"))
    if year is None:
        return render(page, "roster/no_year.html", {"back": reverse("fieldwork:funds")})
    first = {"unit": page.GET.get("unit"), "kind": page.GET.get("kind")}
    first["day"] = timezone.localdate().isoformat()
    form = FundForm(page.POST or None, page.FILES or None, initial=first, reach=page.reach)

    def act() -> str:
        row = report_fund(
            actor=page.actor, year_id=year.pk, facts=form.facts(), sent=submission(page)
        )
        return reverse("fieldwork:fund", args=[row.pk])

    template = "fieldwork/fund_form.html"
    context = {"year": year, "limits": _limits_in_words(year)}
    return form_page(page, form, act, template, done="已填报，等待确认。", **context)


def fund_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(funds_in(page.reach).select_related("unit", "year"), pk)
    form = FundForm(page.POST or None, page.FILES or None, instance=row, reach=page.reach)

    def act() -> str:
        changed = change_fund(
            actor=page.actor, fund_id=pk, seen=form.seen, facts=form.facts(), sent=submission(page)
        )
        return reverse("fieldwork:fund", args=[changed.pk])

    template = "fieldwork/fund_form.html"
    context = {"year": row.year, "fund": row, "limits": _limits_in_words(row.year)}
    return form_page(page, form, act, template, done="已重新填报，等待确认。", **context)


def fund_decide(page: Page, pk: int) -> HttpResponse:
    row = one_of(funds_listed(page.reach), pk)
    form = DecideForm(page.POST or None, initial={"version": row.version, "accepted": "yes"})

    def act() -> str:
        decide_fund(
            actor=page.actor,
            fund_id=pk,
            seen=form.seen,
            accepted=form.cleaned_data["accepted"],
            opinion=form.cleaned_data["opinion"],
            sent=submission(page),
        )
        return reverse("fieldwork:fund", args=[pk])

    context = {
        "fund": row,
        "ratio": ratio_of(row),
        "limit": limits(row.year.scheme)[row.kind],
        "files": shown(row.evidence.all(), page.actor.reach("evidence.view")),
    }
    return form_page(page, form, act, "fieldwork/fund_decide.html", done="已处理。", **context)


def _limits_in_words(year: WorkYear) -> str:
    """建设性资金不低于 50%，…; empty where the scheme sets none."""
    asked = limits(year.scheme)
    return "，".join(
        f"{kind.label}{limit}%" for kind in FundIntegration.Kind if (limit := asked[kind])
    )
