"""Signing in, and settling the days on which the books disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.fields import blind_index
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.evidence import store
from kaohe.web.fieldwork.files.checked import CheckedFile
from kaohe.web.fieldwork.models import Settlement, SignIn
from kaohe.web.fieldwork.queries.attendance import ServiceDay, service_days
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, terms_of, year_of
from kaohe.web.fieldwork.queries.cross_check import State
from kaohe.web.fieldwork.queries.evidence import metres_between
from kaohe.web.fieldwork.queries.postings import Service, people_of, service_of
from kaohe.web.roster.models import Village
from kaohe.web.roster.queries.reach import people_in, villages_in

MOST_SETTLED = 100


@dataclass(frozen=True)
class Place:
    """Where the browser says it is, in degrees, with its error in metres."""

    longitude: Decimal
    latitude: Decimal
    accuracy: int | None


@dataclass(frozen=True)
class SignInFacts:
    """What the phone sends. late_reason is needed for any day but today."""

    posting_id: int
    person_id: int
    day: date
    late_reason: str = ""
    claimed_at: datetime | None = None
    place: Place | None = None
    device: str = ""
    photos: Sequence[UploadedFile | CheckedFile] = ()


@dataclass(frozen=True)
class SignedIn:
    """The day's sign-in; repeated when it was there before."""

    row: SignIn
    repeated: bool


def sign_in(*, actor: Actor, facts: SignInFacts, sent: Sent | None = None) -> SignedIn:
    """Sign in for a day; a second time on a day changes nothing and gives back the first.

    Raises Refusal for a day in the future, too long ago, out of service or in a closed month.
    """
    with writing(actor, "attendance.sign_in", sent=sent) as change:
        change.leads_to(reverse("fieldwork:today"))
        # Whoever signs in twice at once waits here for themselves.
        person = change.find(people_in(change.reach), facts.person_id)
        known = SignIn.objects.filter(person=person, day=facts.day).first()
        if known is not None:
            return SignedIn(known, repeated=True)
        service = _service(change, facts)
        row = SignIn(
            county_id=actor.county_id,
            posting=service.posting,
            person=person,
            day=facts.day,
            received_at=change.at,
            claimed_at=facts.claimed_at,
            late_reason=facts.late_reason,
            device=blind_index(facts.device) or "",
        )
        _place(row, facts.place, service.posting.village)
        if facts.photos:
            village = service.posting.village
            row.photo = store(change, facts.photos, person=person, village=village)[0]
        return SignedIn(change.create(row), repeated=False)


def _service(change: Change, facts: SignInFacts) -> Service:
    """The service signed in for, its day and reason being in order."""
    today, shown = timezone.localdate(change.at), date_format(facts.day)
    if facts.day > today:
        raise Refusal(f"{shown}还没有到，不能提前签到。", field="day")
    service = service_of(change.reach, facts.posting_id, facts.person_id, facts.day)
    if service is None:
        raise Refusal(f"{shown}您不在这个派驻期间，不能签到；请核对日期和村。", field="day")
    if facts.day < today:
        latest = terms_of(change.actor.county_id, facts.day).late_sign_in
        if (today - facts.day).days > latest:
            raise Refusal(
                f"{shown}已过去 {(today - facts.day).days} 天，补签只能在 {latest} 天以内；"
                "请由乡镇按考勤簿认定。",
                field="day",
            )
        if not facts.late_reason:
            raise Refusal(f"{shown}不是今天，补签要写原因。", field="late_reason")
    elif facts.late_reason:
        raise Refusal("今天的签到不用写补签原因；补签请把日期改成以前的一天。", field="late_reason")
    refuse_if_closed(year_of(change.actor.county_id, facts.day), facts.day)
    return service


def _place(row: SignIn, place: Place | None, village: Village) -> None:
    if place is None:
        return
    row.longitude, row.latitude = place.longitude, place.latitude
    row.accuracy = place.accuracy
    if village.longitude is not None and village.latitude is not None:
        here = float(place.longitude), float(place.latitude)
        there = float(village.longitude), float(village.latitude)
        row.distance = round(metres_between(here, there))


@dataclass(frozen=True)
class Settled:
    """A day to be settled, by its posting and person."""

    posting_id: int
    person_id: int
    day: date


def settle(
    *,
    actor: Actor,
    days: Sequence[Settled],
    present: bool,
    reason: str,
    sent: Sent | None = None,
) -> int:
    """Settle days on which the books disagree, all with one reason; how many. All of them or none.

    A settled day can be settled otherwise later. Raises Refusal for a day that needs no settling,
    one in a closed month, or one of the actor's own (nobody decides about themselves).
    """
    with writing(actor, "attendance.settle", sent=sent, reason=reason) as change:
        change.leads_to(reverse("fieldwork:conflicts"))
        if len(days) > MOST_SETTLED:
            raise Refusal(f"一次最多认定 {MOST_SETTLED} 天，现在选了 {len(days)} 天；请分几次。")
        # Two who settle the same village's days wait for each other.
        found = _to_settle(change, days)
        rows = _settlements(change, found, present=present)
        for row in rows:
            row.present, row.reason, row.settled_by = present, reason, actor.name
        fresh, changed = _parted(rows)
        for row in fresh:
            row.clean_fields()
        change.create_many(fresh)
        change.update_many(changed, ["posting", "present", "reason", "settled_by"])
        return len(found)


def _to_settle(change: Change, days: Sequence[Settled]) -> list[ServiceDay]:
    """The days asked for, locked by their villages, each open to settling."""
    asked = list(dict.fromkeys((one.posting_id, one.person_id, one.day) for one in days))
    found = service_days(change.reach, asked)
    if not asked or len(found) != len(asked):
        raise Refusal("有的日期不在您的乡镇，或当天不在派驻期间；请回到不一致清单重新选择。")
    villages = {one.service.posting.village_id for one in found}
    change.find_all(villages_in(change.reach).filter(pk__in=villages))
    own = people_of(change.actor)
    # Read again: another may have settled or entered the book before the lock was ours.
    found = service_days(change.reach, asked)
    for one in found:
        if one.service.person.pk in own:
            raise Refusal("不能认定自己的考勤；请由乡镇的其他人认定。")
        if one.day.day > timezone.localdate(change.at):
            raise Refusal(f"{date_format(one.day.day)}还没有到，不能认定。")
        if not one.day.state.open_to_settling:
            raise Refusal(_why_not(one))
    for day in sorted({one.day.day for one in found}):
        refuse_if_closed(year_of(change.actor.county_id, day), day)
    return found


def _why_not(one: ServiceDay) -> str:
    who = f"{one.service.person}{date_format(one.day.day)}"
    if one.day.state is State.WAITING:
        return f"{who}还没有考勤簿可比；请先录入{one.service.posting.village}这个月的考勤簿。"
    return f"{who}没有不一致（{one.day.state.label}），不用认定；请回到不一致清单重新选择。"


def _settlements(change: Change, found: Sequence[ServiceDay], *, present: bool) -> list[Settlement]:
    """A row for each person's day, the known ones locked. A day is settled at one village only."""
    people, days = {one.service.person.pk for one in found}, {one.day.day for one in found}
    rows = Settlement.objects.filter(
        county_id=change.actor.county_id, person__in=people, day__in=days
    )
    known = {(row.person_id, row.day): row for row in change.find_all(rows)}
    settled: dict[tuple[int, date], Settlement] = {}
    for one in found:
        key = one.service.person.pk, one.day.day
        if key in settled and present:
            who = f"{one.service.person}{date_format(one.day.day)}"
            raise Refusal(f"{who}选了两个村；同一天只能认定在一个村。")
        row = known.get(key) or Settlement(
            county_id=change.actor.county_id, person=one.service.person, day=one.day.day
        )
        row.posting = one.service.posting
        settled[key] = row
    return list(settled.values())


def _parted(rows: Sequence[Settlement]) -> tuple[list[Settlement], list[Settlement]]:
    return (
        [one for one in rows if one._state.adding],
        [one for one in rows if not one._state.adding],
    )
