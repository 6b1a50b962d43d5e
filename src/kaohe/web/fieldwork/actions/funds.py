"""Report a department's integrated funds, and confirm them (二(二)2(1))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.deciding import (
    decide,
    open_year,
    refuse_closed_year,
    refuse_day,
    reported,
)
from kaohe.web.fieldwork.actions.evidence import attach, store
from kaohe.web.fieldwork.actions.projects import Files
from kaohe.web.fieldwork.models import FundIntegration
from kaohe.web.fieldwork.queries.closings import refuse_if_closed
from kaohe.web.fieldwork.queries.projects import departments_for
from kaohe.web.fieldwork.queries.reach import funds_in


@dataclass(frozen=True)
class FundFacts:
    """A department's funds of a kind until a day, in 万元."""

    unit_id: int
    kind: str
    day: date
    total: Decimal
    integrated: Decimal
    text: str = ""
    files: Files = ()


def report_fund(
    *, actor: Actor, year_id: int, facts: FundFacts, sent: Sent | None = None
) -> FundIntegration:
    """Report a department's funds until a day. Raises ValidationError where that day has one."""
    with writing(actor, "fund.report", sent=sent) as change:
        year = open_year(change, year_id)
        row = FundIntegration(year=year)
        row.unit = change.find(departments_for(change.reach), facts.unit_id)
        _fill(change, row, facts)
        change.create(row)
        _attach(change, row, facts.files)
        return row


def change_fund(
    *, actor: Actor, fund_id: int, seen: int, facts: FundFacts, sent: Sent | None = None
) -> FundIntegration:
    """Change a report that is not confirmed, and hand it in again. Raises Conflict or Refusal."""
    with writing(actor, "fund.report", sent=sent) as change:
        rows = funds_in(change.reach).select_related("year", "unit")
        row = change.find(rows, fund_id, version=seen)
        refuse_if_closed(row.year, row.day)
        _fill(change, row, facts)
        change.update(row)
        _attach(change, row, facts.files)
        return row


def decide_fund(
    *,
    actor: Actor,
    fund_id: int,
    seen: int,
    accepted: bool,
    opinion: str,
    sent: Sent | None = None,
) -> FundIntegration:
    """Confirm a report by somebody else, or send it back with a reason."""
    with writing(actor, "fund.confirm", sent=sent) as change:
        row = change.find(
            funds_in(change.reach).select_related("year", "unit"), fund_id, version=seen
        )
        refuse_if_closed(row.year, row.day)
        if accepted and not row.evidence.exists():
            raise Refusal("没有佐证，不能确认；请退回，让部门补上资金文件或拨款凭证再报。")
        decide(change, row, accepted=accepted, opinion=opinion)
        change.update(row)
        change.leads_to(_address(row))
        return row


def _fill(change: Change, row: FundIntegration, facts: FundFacts) -> None:
    refuse_closed_year(row.year)
    refuse_day(change, row.year, facts.day)
    refuse_if_closed(row.year, facts.day)
    row.kind, row.day, row.text = facts.kind, facts.day, facts.text
    row.total, row.integrated = facts.total, facts.integrated
    reported(change, row)


def _attach(change: Change, row: FundIntegration, files: Files) -> None:
    stored = store(change, files, unit=row.unit)
    attach(change, FundIntegration.evidence.through, row, stored)
    change.leads_to(_address(row))


def _address(row: FundIntegration) -> str:
    return reverse("fieldwork:fund", args=[row.pk])
