"""What the receiver does with reported texts: receive, return, register where they were adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.information import store_for
from kaohe.web.fieldwork.files.checked import CheckedFile
from kaohe.web.fieldwork.models import Adoption, InformationItem
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, year_of
from kaohe.web.fieldwork.queries.information import refuse_if_counted
from kaohe.web.fieldwork.queries.reach import adoptions_in, information_in
from kaohe.web.roster.models import WorkYear

State = InformationItem.State


@dataclass(frozen=True)
class Seen:
    """A text that the receiver read, by its key, at the version that was shown."""

    item_id: int
    version: int


@dataclass(frozen=True)
class AdoptionFacts:
    """Where and when a text was adopted, with the one file that proves it."""

    level: int
    outlet: str
    day: date
    proof: Sequence[UploadedFile | CheckedFile]


def receive_information(
    *, actor: Actor, items: Sequence[Seen], sent: Sent | None = None
) -> list[InformationItem]:
    """Receive texts, all or none of them: from then on they count in the month of their report.

    Raises Refusal for one that does not wait, was changed since it was shown, is one's own, or
    lies in a closed month.
    """
    with writing(actor, "information.receive", sent=sent) as change:
        seen = {one.item_id: one.version for one in items}
        rows = change.find_all(_within(change).filter(pk__in=seen))
        if not rows or len(rows) != len(seen):
            raise Refusal("选中的信息有的已被撤回；请刷新列表，重新选择。")
        for item in rows:
            if item.version != seen[item.pk]:
                raise Refusal(f"“{item.title}”在您打开列表之后有改动；请刷新列表，看过以后再接收。")
            _decide(change, item, State.RECEIVED, note="")
        change.update_many(rows, ("state", "received_by", "received_at", "note"))
        return rows


def return_information(
    *, actor: Actor, item_id: int, seen: int, note: str, sent: Sent | None = None
) -> InformationItem:
    """Give a text back with an opinion; it does not count until it is sent again and received.

    A received one can be returned too, while it is not adopted. Raises Refusal, Conflict.
    """
    with writing(actor, "information.receive", sent=sent) as change:
        item = change.find(_within(change), item_id, version=seen)
        if not note:
            raise Refusal("退回要写明意见，让报送人知道改什么。", field="note")
        if item.adoptions.exists():
            raise Refusal("已经登记采用的不能退回；采用登记有误的，先删除登记。")
        _decide(change, item, State.RETURNED, note=note)
        change.update(item)
        change.leads_to(reverse("fieldwork:information-item", args=[item.pk]))
        return item


def add_adoption(
    *, actor: Actor, item_id: int, seen: int, facts: AdoptionFacts, sent: Sent | None = None
) -> Adoption:
    """Register that a received text was adopted, with its proof.

    Raises Refusal for one not received, or a day before it was reported or after today.
    """
    with writing(actor, "information.receive", sent=sent) as change:
        item = change.find(_within(change), item_id)
        if item.state != State.RECEIVED:
            raise Refusal("还没有接收；请先接收，再登记采用。")
        if item.version != seen:
            raise Refusal(f"“{item.title}”在您打开之后有改动；请返回看过以后再登记。")
        _check_day(change, item, facts.day)
        proof = store_for(change, item, facts.proof)
        if len(proof) != 1:
            raise Refusal("请附一个采用证明文件。", field="proof")
        adoption = change.create(
            Adoption(
                item=item,
                level=facts.level,
                outlet=facts.outlet,
                day=facts.day,
                proof=proof[0],
                registered_by=actor.name,
            )
        )
        change.leads_to(reverse("fieldwork:information-item", args=[item.pk]))
        return adoption


def remove_adoption(
    *, actor: Actor, adoption_id: int, seen: int, sent: Sent | None = None
) -> InformationItem:
    """Take away an adoption that was registered by mistake; its file stays in the evidence."""
    with writing(actor, "information.receive", sent=sent) as change:
        adoption = change.find(adoptions_in(change.reach), adoption_id, version=seen)
        _refuse_if_over(year_of(actor.county_id, adoption.day))
        item = adoption.item
        change.delete(adoption)
        change.leads_to(reverse("fieldwork:information-item", args=[item.pk]))
        return item


def _within(change: Change) -> QuerySet[InformationItem]:
    return information_in(change.reach)


def _decide(change: Change, item: InformationItem, state: State, *, note: str) -> None:
    if item.state == State.RETURNED or (item.state, state) == (State.RECEIVED, State.RECEIVED):
        raise Refusal(f"“{item.title}”{item.get_state_display()}，不用再处理；请刷新列表。")
    if item.reported_by_id is not None and item.reported_by_id == change.actor.account_id:
        raise Refusal(f"“{item.title}”是您自己报送的，要由别人接收或退回。")
    refuse_if_counted(item)
    item.state = state
    item.received_by, item.received_at, item.note = change.actor.name, change.at, note


def _check_day(change: Change, item: InformationItem, day: date) -> None:
    reported = timezone.localdate(item.reported_at)
    if day < reported:
        raise Refusal(f"采用日期不能早于报送日期 {date_format(reported)}。", field="day")
    if day > timezone.localdate(change.at):
        raise Refusal(f"{date_format(day)}还没有到，采用以后再登记。", field="day")
    _refuse_if_over(year_of(item.county_id, day))


def _refuse_if_over(year: WorkYear | None) -> None:
    """An adoption is told of after its month is closed; only a whole year's end is the end."""
    if year is not None and year.state == WorkYear.State.CLOSED:
        refuse_if_closed(year, date(year.year, 12, 31))
