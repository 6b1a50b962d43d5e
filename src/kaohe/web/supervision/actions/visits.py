"""What the inspectors saw: marks, who was there, findings at indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.evidence import store
from kaohe.web.fieldwork.files.checked import CheckedFile
from kaohe.web.fieldwork.models import Evidence
from kaohe.web.fieldwork.queries.closings import refuse_if_closed
from kaohe.web.supervision.actions.plans import find_plan, settle_state
from kaohe.web.supervision.models import Attached, Finding, Inspection, OnSpot
from kaohe.web.supervision.queries.checklists import checklist_of
from kaohe.web.supervision.queries.visits import concerned, met_there

Files = Sequence[UploadedFile | CheckedFile]


@dataclass(frozen=True)
class Found:
    """A fault as it was written down in the village."""

    indicator: str
    severity: str
    text: str
    files: Files = ()


@dataclass(frozen=True)
class VisitFacts:
    """A visit. marks: indicator code → Inspection.Mark; on_spot: person → OnSpot.State."""

    day: date
    inspectors: str
    marks: Mapping[str, str]
    remarks: str = ""
    on_spot: Mapping[int, str] = field(default_factory=dict)
    found: Sequence[Found] = ()


def record_visit(
    *, actor: Actor, inspection_id: int, facts: VisitFacts, seen: int, sent: Sent | None = None
) -> Inspection:
    """Store a visit, or change what was stored; findings are added to those that are there.

    Raises Refusal for a day that can't be, a closed month, or a fault that nobody described;
    Conflict when another inspector stored the visit since it was shown.
    """
    with writing(actor, "inspection.record", sent=sent) as change:
        plan = find_plan(change, inspection_id)
        rows = plan.inspections.select_related("posting__team", "posting__person", "unit")
        row = change.find(rows, inspection_id, version=seen)
        row.plan = plan
        _refuse_if_not_then(change, row, facts.day)
        _refuse_if_unfit(row, facts)
        row.day, row.inspectors, row.remarks = facts.day, facts.inspectors, facts.remarks
        row.checklist = dict(facts.marks)
        row.state = Inspection.State.DONE
        change.update(row)
        _keep_on_spot(change, row, facts)
        for one in facts.found:
            _add_finding(change, row, one)
        settle_state(change, plan)
        change.leads_to(reverse("supervision:inspection", args=[row.pk]))
        return row


def store_files(change: Change, inspection: Inspection, files: Files) -> list[Evidence]:
    """Files about a visit, to be seen by whoever may read of its subject."""
    day = inspection.day or timezone.localdate(change.at)
    posting = inspection.posting
    return store(
        change,
        files,
        person=concerned(inspection, day),
        unit=inspection.unit if posting is None else posting.department,
        village=inspection.village,
    )


def _refuse_if_not_then(change: Change, row: Inspection, day: date) -> None:
    shown = date_format(day)
    if day > timezone.localdate(change.at):
        raise Refusal(f"{shown}还没有到，检查以后再登记。", field="day")
    if day < row.plan.month:
        raise Refusal(
            f"{shown}早于这次督查的月份（{date_format(row.plan.month, 'YEAR_MONTH_FORMAT')}）。",
            field="day",
        )
    refuse_if_closed(row.plan.year, day)


def _refuse_if_unfit(row: Inspection, facts: VisitFacts) -> None:
    lines = {line.code: line for line in checklist_of(row)}
    told = {*facts.marks, *(one.indicator for one in facts.found)}
    if unknown := told - lines.keys():
        raise Refusal(f"检查表里没有指标 {'、'.join(sorted(unknown))}；请刷新页面重新填。")
    known = set(row.findings.values_list("indicator", flat=True))
    described = known | {one.indicator for one in facts.found}
    for code, mark in facts.marks.items():
        if mark == Inspection.Mark.FAULT and code not in described:
            raise Refusal(f"“{lines[code].title}”标了有问题，请写明是什么问题。")


def _keep_on_spot(change: Change, row: Inspection, facts: VisitFacts) -> None:
    people = {one.person.pk for one in met_there(row, facts.day)}
    if facts.on_spot.keys() - people:
        raise Refusal("到岗情况里有人当天不在这里任职；请核对检查日期，再重新填。", field="day")
    known = {one.person_id: one for one in change.find_all(row.on_spot.all())}
    change.delete_many([one for key, one in known.items() if key not in facts.on_spot])
    for person, state in facts.on_spot.items():
        if person in known:
            known[person].state = state
            change.update(known[person])
        else:
            change.create(OnSpot(inspection=row, person_id=person, state=state))


def _add_finding(change: Change, row: Inspection, one: Found) -> None:
    finding = change.create(
        Finding(inspection=row, indicator=one.indicator, severity=one.severity, text=one.text)
    )
    files = store_files(change, row, one.files)
    change.create_many([Attached(finding=finding, evidence=file) for file in files])
