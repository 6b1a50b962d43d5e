"""Report how a village stands that leaves the list, prove it, confirm it (二(一)3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
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
from kaohe.web.fieldwork.actions.evidence import store
from kaohe.web.fieldwork.actions.projects import Files
from kaohe.web.fieldwork.models import ExitEvidence, VillageExit
from kaohe.web.fieldwork.queries.closings import refuse_if_closed
from kaohe.web.fieldwork.queries.exits import items_of, leaving_villages, limits
from kaohe.web.fieldwork.queries.reach import exits_in

# More would be a heap that nobody looks through.
MOST_PROOFS = 20


@dataclass(frozen=True)
class ExitFacts:
    """How a village stands on a day: the 六有, percentages, 万元, and students who dropped out."""

    day: date
    road: bool
    water: bool
    power: bool
    clinic: bool
    culture_room: bool
    broadband: bool
    incidence: Decimal
    satisfaction: Decimal
    collective_income: Decimal
    dropouts: int
    text: str = ""


def report_exit(
    *,
    actor: Actor,
    year_id: int,
    village_id: int,
    facts: ExitFacts,
    seen: int = 0,
    sent: Sent | None = None,
) -> VillageExit:
    """Report a village, or change the report that stood at version `seen` (0: there was none).

    Raises Refusal for a confirmed one, Conflict when it was changed since.
    """
    with writing(actor, "exit.report", sent=sent) as change:
        year = open_year(change, year_id)
        known = exits_in(change.reach).filter(year=year, village=village_id).first()
        if known is None:
            village = change.find(leaving_villages(change.reach, year), village_id)
            row = VillageExit(year=year, village=village)
        elif not seen:
            raise Refusal(f"{known.village}今年已经填报过；请打开那一份，在那里修改。")
        else:
            row = change.find(exits_in(change.reach), known.pk, version=seen)
            refuse_if_closed(year, row.day)
        refuse_day(change, year, facts.day)
        refuse_if_closed(year, facts.day)
        for name, value in asdict(facts).items():
            setattr(row, name, value)
        reported(change, row)
        if known is None:
            change.create(row)
        else:
            change.update(row)
        change.leads_to(_address(row))
        return row


def prove_exit(
    *,
    actor: Actor,
    exit_id: int,
    items: Sequence[str],
    files: Files,
    dropped: Iterable[int] = (),
    sent: Sent | None = None,
) -> VillageExit:
    """Add files that prove one or several items, and take proofs out by their keys."""
    with writing(actor, "exit.report", sent=sent) as change:
        row = change.find(exits_in(change.reach).select_related("year", "village"), exit_id)
        refuse_closed_year(row.year)
        refuse_if_closed(row.year, row.day)
        if row.is_confirmed:
            raise Refusal(f"{row.decided_by}已经确认，佐证不能再改；确需更正的，请先退回来。")
        if files and not items:
            raise Refusal("请勾选这些文件证明哪几项。", field="items")
        _drop(change, row, dropped)
        stored = store(change, files, unit=row.village.township, village=row.village)
        proofs = [
            ExitEvidence(exit=row, item=item, evidence=one) for item in items for one in stored
        ]
        change.create_many(proofs)
        if row.evidence.distinct().count() > MOST_PROOFS:
            raise Refusal(f"一个村最多 {MOST_PROOFS} 个佐证文件；请去掉几个。", field="attachments")
        change.leads_to(_address(row))
        return row


def decide_exit(
    *,
    actor: Actor,
    exit_id: int,
    seen: int,
    accepted: bool,
    opinion: str,
    sent: Sent | None = None,
) -> VillageExit:
    """Confirm a report by somebody else, or send it back with a reason.

    Raises Refusal for confirming what an item of has no evidence.
    """
    with writing(actor, "exit.confirm", sent=sent) as change:
        rows = exits_in(change.reach).select_related("year", "village")
        row = change.find(rows, exit_id, version=seen)
        refuse_closed_year(row.year)
        refuse_if_closed(row.year, row.day)
        if accepted:
            _refuse_unproved(row)
        decide(change, row, accepted=accepted, opinion=opinion)
        change.update(row)
        change.leads_to(_address(row))
        return row


def _refuse_unproved(row: VillageExit) -> None:
    unproved = [str(one.item.label) for one in items_of(row, limits(row.year)) if one.unproved]
    if unproved:
        raise Refusal(f"{'、'.join(unproved)}没有佐证，不能确认；请退回乡镇补上。")


def _drop(change: Change, row: VillageExit, dropped: Iterable[int]) -> None:
    proofs = list(row.proofs.filter(pk__in=list(dropped)))
    if proofs:
        change.delete_many(proofs)


def _address(row: VillageExit) -> str:
    return reverse("fieldwork:exit", args=[row.pk])
