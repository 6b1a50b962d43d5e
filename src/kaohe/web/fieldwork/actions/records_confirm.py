"""Confirming work records, refusing them with a reason, and taking a confirmation back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, year_of
from kaohe.web.fieldwork.queries.reach import work_records_in
from kaohe.web.fieldwork.queries.records_confirming import barred

State = WorkRecord.State
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Seen:
    """A record at the version at which it was looked at."""

    record_id: int
    version: int


def confirm_records(*, actor: Actor, chosen: Sequence[Seen], sent: Sent | None = None) -> int:
    """Confirm the records as they were seen, all or none; how many.

    Raises Refusal when one of them was changed since, is not waiting, is the actor's own, or lies
    in a closed month; Http404 for one out of reach.
    """
    with writing(actor, "record.confirm", sent=sent) as change:
        change.leads_to(reverse("fieldwork:records-waiting"))
        versions = {one.record_id: one.version for one in chosen}
        if not versions:
            raise Refusal("还没有选要确认的记录；请先勾选。")
        if len(versions) > MOST_AT_ONCE:
            raise Refusal(f"一次最多确认 {MOST_AT_ONCE} 条，请分几次。")
        records = change.find_all(work_records_in(change.reach).filter(pk__in=list(versions)))
        if len(records) != len(versions):
            # Withdrawn meanwhile, or never within reach: either way there is nothing to confirm.
            raise Http404("选的记录中有的已经撤回，或不在您的权限范围内。请刷新页面再选。")
        for record in records:
            if record.version != versions[record.pk]:
                raise Refusal(
                    f"{record}在您打开之后改过，一条也没有确认；请刷新页面，看过新的再确认。"
                )
        _decide(change, records, State.CONFIRMED, note="")
        return len(records)


def refuse_record(
    *, actor: Actor, record_id: int, seen: int, reason: str, sent: Sent | None = None
) -> WorkRecord:
    """Do not accept a record; the reason tells its reporter what to correct."""
    with writing(actor, "record.confirm", sent=sent, reason=reason) as change:
        record = _found(change, record_id, seen)
        _decide(change, [record], State.REFUSED, note=reason)
        change.leads_to(reverse("fieldwork:record", args=[record.pk]))
        return record


def take_back(
    *, actor: Actor, record_id: int, seen: int, reason: str, sent: Sent | None = None
) -> WorkRecord:
    """Take a confirmation back, so that the record can be corrected; it waits again."""
    with writing(actor, "record.confirm", sent=sent, reason=reason) as change:
        record = _found(change, record_id, seen)
        _decide(change, [record], State.REPORTED, note=reason)
        change.leads_to(reverse("fieldwork:record", args=[record.pk]))
        return record


# From which state a decision leads to another.
_FROM = {
    State.CONFIRMED: State.REPORTED,
    State.REFUSED: State.REPORTED,
    State.REPORTED: State.CONFIRMED,
}


def _found(change: Change, record_id: int, seen: int) -> WorkRecord:
    return change.find(work_records_in(change.reach), record_id, version=seen)


def _decide(change: Change, records: Sequence[WorkRecord], to: State, *, note: str) -> None:
    """Carry the records on to a state. Raises Refusal where the table does not lead there."""
    if to != State.CONFIRMED and not note:
        raise Refusal("请写明理由。", field="reason")
    for why in barred(change.actor, {record.pk for record in records}).values():
        raise Refusal(why)
    years = {}
    for record in records:
        if record.state != _FROM[to]:
            raise Refusal(
                f"{record}{record.get_state_display()}，不能再改为“{to.label}”；请刷新页面。"
            )
        month = record.day.replace(day=1)
        if month not in years:
            years[month] = year_of(record.county_id, record.day)
            refuse_if_closed(years[month], record.day)
        record.state, record.note = to, note
        record.confirmed_by, record.confirmed_at = change.actor.name, change.at
    change.update_many(records, ["state", "note", "confirmed_by", "confirmed_at"])
