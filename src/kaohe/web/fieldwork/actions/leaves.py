"""Leave in writing: application, decision, withdrawal, return (二(三)6(2))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.evidence import attach, store
from kaohe.web.fieldwork.calendar import days_between
from kaohe.web.fieldwork.files.checked import CheckedFile
from kaohe.web.fieldwork.models import Leave
from kaohe.web.fieldwork.queries.closings import refuse_if_any_closed
from kaohe.web.fieldwork.queries.leaves import in_the_way
from kaohe.web.fieldwork.queries.postings import Service, people_of, services_in
from kaohe.web.fieldwork.queries.reach import leaves_in
from kaohe.web.roster.queries.reach import people_in
from kaohe.web.roster.queries.spans import span

LONGEST = 366  # days; a longer absence ends a posting


@dataclass(frozen=True)
class LeaveApplication:
    """What somebody asks for; the written application is a file or a picture of the paper."""

    posting_id: int
    person_id: int
    kind: str
    first: date
    last: date
    reason: str
    files: Sequence[UploadedFile | CheckedFile] = ()


def apply_for_leave(
    *, actor: Actor, application: LeaveApplication, sent: Sent | None = None
) -> Leave:
    """Apply for leave. Raises Refusal where the days overlap another leave or leave the service."""
    with writing(actor, "leave.apply", sent=sent) as change:
        # Two applications of one person wait for each other.
        person = change.find(people_in(change.reach), application.person_id)
        service = _service(change, application)
        refuse_if_any_closed(actor.county_id, application.first, application.last)
        if (other := in_the_way(person.pk, application.first, application.last)) is not None:
            raise Refusal(
                f"与另一次{other.get_kind_display()}（{span(other.first, other.last)}，"
                f"{other.get_state_display()}）日期重叠；请改日期，或先撤回那一次。",
                field="first",
            )
        leave = change.create(
            Leave(
                county_id=actor.county_id,
                posting=service.posting,
                person=person,
                kind=application.kind,
                first=application.first,
                last=application.last,
                reason=application.reason,
            )
        )
        files = store(change, application.files, person=person, village=service.posting.village)
        attach(change, Leave.evidence.through, leave, files)
        change.leads_to(reverse("fieldwork:leave", args=[leave.pk]))
        return leave


def decide_leave(
    *,
    actor: Actor,
    leave_id: int,
    seen: int,
    approved: bool,
    note: str,
    sent: Sent | None = None,
) -> Leave:
    """Approve or refuse an application; a refusal says why. Nobody decides about their own."""
    with writing(actor, "leave.decide", sent=sent) as change:
        leave = _step(
            change, leave_id, seen, Leave.State.APPROVED if approved else Leave.State.REFUSED
        )
        if leave.person_id in people_of(actor):
            raise Refusal("不能审批自己的请假；请由乡镇的其他人审批。")
        if not approved and not note:
            raise Refusal("不批准要写明原因。", field="note")
        if approved:
            refuse_if_any_closed(actor.county_id, leave.first, leave.last)
        leave.decided_by, leave.decided_at = actor.name, change.at
        leave.decision_note = note
        change.update(leave)
        return leave


def withdraw_leave(*, actor: Actor, leave_id: int, seen: int, sent: Sent | None = None) -> Leave:
    """Take back an application that nobody decided about yet."""
    with writing(actor, "leave.apply", sent=sent) as change:
        leave = _step(change, leave_id, seen, Leave.State.WITHDRAWN)
        change.update(leave)
        return leave


def return_from_leave(
    *, actor: Actor, leave_id: int, seen: int, on: date, sent: Sent | None = None
) -> Leave:
    """End a leave in writing (销假): from that day on its owner is in service again."""
    with writing(actor, "leave.apply", sent=sent) as change:
        leave = _step(change, leave_id, seen, Leave.State.RETURNED)
        if on > timezone.localdate(change.at):
            raise Refusal(f"{date_format(on)}还没有到，回到村里再销假。", field="on")
        if on < leave.first:
            raise Refusal(
                f"销假日期不能早于请假的起始日期 {date_format(leave.first)}。", field="on"
            )
        if on <= leave.last:
            # The days from then on may count again.
            refuse_if_any_closed(actor.county_id, on, leave.last)
        leave.returned_on = on
        change.update(leave)
        return leave


def _step(change: Change, leave_id: int, seen: int, to: Leave.State) -> Leave:
    """The leave, moved on to its next state. Raises Refusal where the table does not lead there."""
    leave = change.find(leaves_in(change.reach), leave_id, version=seen)
    change.leads_to(reverse("fieldwork:leave", args=[leave.pk]))
    if to not in Leave.NEXT.get(Leave.State(leave.state), ()):
        raise Refusal(
            f"这次请假{leave.get_state_display()}，不能改为“{to.label}”；请刷新页面看最新情况。"
        )
    leave.state = to
    return leave


def _service(change: Change, application: LeaveApplication) -> Service:
    """The service that the leave is from, on each of its days."""
    first, last = application.first, application.last
    if last < first:
        raise Refusal("截止日期不能早于起始日期。", field="last")
    if (last - first).days >= LONGEST:
        raise Refusal(f"一次请假不能超过 {LONGEST} 天；更长的请调整派驻。", field="last")
    found = services_in(change.reach, first, last, pk=application.posting_id)
    service = next((one for one in found if one.person.pk == application.person_id), None)
    if service is None or not all(service.serves(day) for day in days_between(first, last)):
        raise Refusal(
            f"{span(first, last)}不全在您的派驻期间；请核对日期，派驻有变动的分开申请。",
            field="first",
        )
    return service
