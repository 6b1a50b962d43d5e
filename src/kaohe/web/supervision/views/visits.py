"""Pages about visits: the list, one visit, its checklist, the board and the summary."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, one_of, status_of, submission, submitted
from kaohe.web.common.workbooks import attachment
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.roster.queries.shell import county_name
from kaohe.web.supervision.actions.summary import take_summary
from kaohe.web.supervision.actions.visits import record_visit
from kaohe.web.supervision.forms.visits import VisitForm
from kaohe.web.supervision.lists.inspections import InspectionFilters, InspectionTable
from kaohe.web.supervision.models import Finding, Inspection
from kaohe.web.supervision.printing.summary import TYPE, summary
from kaohe.web.supervision.queries.board import Board, board_of
from kaohe.web.supervision.queries.checklists import checklist_of
from kaohe.web.supervision.queries.findings import findings_listed
from kaohe.web.supervision.queries.reach import (
    VIEW,
    findings_in,
    inspections_run,
    inspections_seen,
)
from kaohe.web.supervision.queries.visits import inspections_listed, inspectors_before, met_there

_RECORD = "inspection.record"


def inspections(page: Page) -> HttpResponse:
    rows = inspections_listed(inspections_seen(page.actor))
    context = {
        "may_plan": page.actor.may("inspection.plan"),
        "may_export": page.actor.may("list.export"),
    }
    template = "supervision/inspections.html"
    return listing(page, rows, InspectionFilters, InspectionTable, template, **context)


def inspections_export(page: Page) -> HttpResponse:
    page.reach = page.actor.reach(VIEW)
    rows = inspections_listed(inspections_seen(page.actor))
    return exported(page, rows, InspectionFilters, InspectionTable, "督查")


def inspection(page: Page, pk: int) -> HttpResponse:
    row = one_of(inspections_listed(inspections_seen(page.actor)), pk)
    found = list(findings_listed(findings_in(page.reach).filter(inspection=row)).order_by("pk"))
    runs = page.actor.may(_RECORD) and inspections_run(page.actor, _RECORD).filter(pk=pk).exists()
    done = row.state == Inspection.State.DONE
    context = {
        "inspection": row,
        "marked": _marked(row, found) if done else [],
        "on_spot": list(row.on_spot.select_related("person")),
        "runs": runs,
        "findings": found,
        "waiting": sum(1 for one in found if one.state == Finding.State.FOUND),
        "noticed": any(one.notified_at for one in found),
    }
    return render(page, "supervision/inspection.html", context)


def inspection_record(page: Page, pk: int) -> HttpResponse:
    """The checklist, on a phone in the village."""
    row = one_of(inspections_listed(inspections_run(page.actor, _RECORD)), pk)
    today = timezone.localdate()
    day = _day(page.POST.get("day")) or row.day or today
    form = VisitForm(
        page.POST or None,
        page.FILES or None,
        instance=row,
        lines=checklist_of(row),
        services=met_there(row, day),
        initial={"day": row.day or today, "inspectors": row.inspectors or inspectors_before(row)},
    )

    def act() -> str:
        stored = record_visit(
            actor=page.actor,
            inspection_id=pk,
            facts=form.facts(),
            seen=form.seen,
            sent=submission(page),
        )
        return reverse("supervision:inspection", args=[stored.pk])

    answer = submitted(page, form, act, done="检查情况已保存。")
    context = {"form": form, "inspection": row, "met_on": day}
    template = "supervision/inspection_record.html"
    return answer or render(page, template, context, status=status_of(form))


def board(page: Page) -> HttpResponse:
    today = timezone.localdate()
    month = month_of(page.GET.get("month"), today)
    made = board_of(page.actor, month, today)
    context = {
        "board": made,
        "month": month,
        "option": _bars(made),
        "columns": ["督查", "应查", "已查", "已查比例"],
        "rows": [
            [f"{one.name}（{one.body}）", one.subjects, one.visited, f"{one.percent}%"]
            for one in made.led
        ],
        "may_summarise": page.actor.may("inspection.summarise"),
    }
    return render(page, "supervision/board.html", context)


def summary_document(page: Page) -> HttpResponse:
    today = timezone.localdate()
    month = month_of(page.GET.get("month"), today)
    made = take_summary(actor=page.actor, month=month, today=today)
    content = summary(made, county_name(page.actor.county_id), today)
    name = f"{date_format(month, 'YEAR_MONTH_FORMAT')}督查情况汇总.docx"
    return attachment(content, name, TYPE)


def _marked(row: Inspection, found: list[Finding]) -> list[dict[str, Any]]:
    """The checklist as it was filled in, each line with its findings."""
    labels = dict(Inspection.Mark.choices)
    tones = {"ok": "success", "fault": "danger"}
    lines = []
    for line in checklist_of(row):
        mark = row.checklist.get(line.code, Inspection.Mark.NOT_SEEN.value)
        same = [one for one in found if one.indicator == line.code]
        lines.append(
            {"line": line, "label": labels[mark], "tone": tones.get(mark, ""), "findings": same}
        )
    return lines


def _bars(made: Board) -> dict[str, Any]:
    """The share of visits made by each lead, as lying bars."""
    names = [f"{one.name}（{one.body}）" for one in made.led][::-1]
    return {
        "tooltip": {"trigger": "axis"},
        "grid": {"left": 8, "right": 40, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "max": 100},
        "yAxis": {
            "type": "category",
            "data": names,
            "axisLabel": {"width": 150, "overflow": "break"},
        },
        "series": [
            {
                "name": "已查（%）",
                "type": "bar",
                "barMaxWidth": 18,
                "label": {"show": True, "position": "right", "formatter": "{c}%"},
                "data": [one.percent for one in made.led][::-1],
            },
        ],
    }


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
