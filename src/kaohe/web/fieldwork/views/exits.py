"""Pages about villages that leave the list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.actions import record_export
from kaohe.web.common.pages import Page, form_page, may_about, one_of, submission
from kaohe.web.common.workbooks import attachment, workbook
from kaohe.web.fieldwork.actions.exits import decide_exit, prove_exit, report_exit
from kaohe.web.fieldwork.forms.deciding import DecideForm
from kaohe.web.fieldwork.forms.exits import ExitForm, ProofForm
from kaohe.web.fieldwork.lists.exits import HEADS, NARROWED, as_rows
from kaohe.web.fieldwork.models import VillageExit
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.exits import (
    by_township,
    exits_listed,
    items_of,
    leaving,
    leaving_villages,
    limits,
)
from kaohe.web.fieldwork.queries.reach import exits_in
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.reach import years_in
from kaohe.web.roster.queries.years import chosen_year


def exits(page: Page) -> HttpResponse:
    """The villages that are to leave this year, and by township which standards they miss."""
    year = chosen_year(page.reach, page.GET.get("year"))
    context: dict[str, object] = {"year": year, "years": years_in(page.reach)}
    if year is not None:
        found = leaving(page.reach, year)
        context |= {
            "villages": NARROWED.kept(page, found),
            "tabs": NARROWED.tabs(page, found, year.year),
            "townships": by_township(found),
            "limits": [
                (VillageExit.Item(item).label, limit)
                for item, limit in limits(year).items()
                if limit is not None
            ],
            "may_report": year.state != WorkYear.State.CLOSED and page.actor.may("exit.report"),
            "may_export": page.actor.may("list.export"),
        }
    return render(page, "fieldwork/exits.html", context)


def exits_export(page: Page) -> HttpResponse:
    reach = page.actor.reach("exit.view")
    year = chosen_year(reach, page.GET.get("year"))
    found = leaving(reach, year) if year is not None else []
    rows = as_rows(NARROWED.kept(page, found))
    record_export(actor=page.actor, what="贫困村退出", rows=len(rows), filters=page.GET.urlencode())
    return attachment(workbook("贫困村退出", HEADS, rows), "贫困村退出.xlsx")


def exit_(page: Page, pk: int) -> HttpResponse:
    row = one_of(exits_listed(page.reach), pk)
    open_year = row.year.state != WorkYear.State.CLOSED
    reports = open_year and not row.is_confirmed and may_about(page, "exit.report", row, exits_in)
    context = {
        **_items(page, row),
        "exit": row,
        "may_change": reports,
        "may_decide": open_year
        and not row.is_returned
        and may_about(page, "exit.confirm", row, exits_in),
        "own": row.reported_by_id == page.actor.account_id,
    }
    return render(page, "fieldwork/exit.html", context)


def exit_report(page: Page, pk: int) -> HttpResponse:
    """Report a village, new or once more."""
    year = chosen_year(page.reach, page.GET.get("year"))
    if year is None:
        return render(page, "roster/no_year.html", {"back": reverse("fieldwork:exits")})
    row = exits_in(page.reach).filter(year=year, village=pk).first()
    village = row.village if row else one_of(leaving_villages(page.reach, year), pk)
    first = {"day": timezone.localdate()}
    form = ExitForm(page.POST or None, instance=row, initial=None if row else first)

    def act() -> str:
        stored = report_exit(
            actor=page.actor,
            year_id=year.pk,
            village_id=pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        return reverse("fieldwork:exit", args=[stored.pk])

    context = {"village": village, "year": year, "exit": row}
    done = "已填报，等待确认；请逐项附上佐证。"
    return form_page(page, form, act, "fieldwork/exit_form.html", done=done, **context)


def exit_evidence(page: Page, pk: int) -> HttpResponse:
    row = one_of(exits_listed(page.reach), pk)
    first = {"items": page.GET.getlist("item")}
    proofs = list(row.proofs.all())
    form = ProofForm(page.POST or None, page.FILES or None, initial=first, proofs=proofs)

    def act() -> str:
        prove_exit(
            actor=page.actor,
            exit_id=pk,
            items=form.cleaned_data["items"],
            files=form.cleaned_data["attachments"],
            dropped=form.cleaned_data.get("dropped", ()),
            sent=submission(page),
        )
        return reverse("fieldwork:exit", args=[pk])

    return form_page(page, form, act, "fieldwork/exit_evidence.html", exit=row)


def exit_decide(page: Page, pk: int) -> HttpResponse:
    row = one_of(exits_listed(page.reach), pk)
    form = DecideForm(page.POST or None, initial={"version": row.version, "accepted": "yes"})

    def act() -> str:
        decide_exit(
            actor=page.actor,
            exit_id=pk,
            seen=form.seen,
            accepted=form.cleaned_data["accepted"],
            opinion=form.cleaned_data["opinion"],
            sent=submission(page),
        )
        return reverse("fieldwork:exit", args=[pk])

    context = {**_items(page, row), "exit": row}
    return form_page(page, form, act, "fieldwork/exit_decide.html", done="已处理。", **context)


def _items(page: Page, row: VillageExit) -> dict[str, object]:
    """The items of an exit, each with its files as a page shows them."""
    files = page.actor.reach("evidence.view")
    proofs = {one.evidence_id: one.evidence for one in row.proofs.all()}
    ready = {one.evidence.pk: one for one in shown(proofs.values(), files)}
    found = items_of(row, limits(row.year))
    return {
        "items": [(one, [ready[proof.evidence_id] for proof in one.proofs]) for one in found],
        "unproved": [str(one.item.label) for one in found if one.unproved],
        "missed": [str(one.item.label) for one in found if one.met is False],
    }
