"""People, and the two ways in which their ID numbers and phone numbers are seen again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.fields import blind_index
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.models import Account, Person
from kaohe.web.roster.queries.people import own_units, still_bound
from kaohe.web.roster.queries.reach import people_in

SECRETS = ("id_number", "phone")
# What one account may see in clear within an hour, and as often look somebody up by a number.
PER_HOUR = 30
SHORTEST_REASON = 4


@dataclass(frozen=True)
class PersonFacts:
    """What a unit says of a person. A number that is None stays; an empty one is removed."""

    code: str
    name: str
    unit_id: int | None
    left: date | None
    id_number: str | None
    phone: str | None


def add_person(*, actor: Actor, facts: PersonFacts, sent: Sent | None = None) -> Person:
    """Enter somebody. A township or a department enters people of its own unit only."""
    with writing(actor, "person.change", sent=sent) as change:
        person = Person(county_id=actor.county_id)
        _fill(person, facts, change)
        change.create(person)
        change.leads_to(reverse("roster:person", args=[person.pk]))
        return person


def change_person(
    *, actor: Actor, person_id: int, seen: int, facts: PersonFacts, sent: Sent | None = None
) -> Person:
    """Change somebody within reach who stood at version `seen`. Raises Conflict for a later one."""
    with writing(actor, "person.change", sent=sent) as change:
        person = change.find(people_in(change.reach), person_id, version=seen)
        _fill(person, facts, change)
        if person.left is not None and (bound := still_bound(person)):
            raise Refusal(
                f"{person}还有没结束的：{'、'.join(bound)}。请先登记它们的结束日期，再填离开日期。",
                field="left",
            )
        change.update(person)
        change.leads_to(reverse("roster:person", args=[person.pk]))
        return person


def reveal_person(
    *, actor: Actor, person_id: int, fields: Sequence[str], reason: str, sent: Sent | None = None
) -> dict[str, str]:
    """The numbers of a person in clear, by field; who saw which of them and why is written down.

    Raises Refusal without a reason, and beyond PER_HOUR within an hour.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise Refusal(f"请写明查看的理由，至少 {SHORTEST_REASON} 个字。", field="reason")
    with writing(actor, "person.reveal", sent=sent, reason=reason) as change:
        person = change.find(people_in(change.reach), person_id)
        _within_limit(change, "reveal", "查看")
        values = {name: str(getattr(person, name)) for name in SECRETS if name in fields}
        shown = {name: value for name, value in values.items() if value}
        if not shown:
            raise Refusal(f"{person}没有登记所选的号码。", field="fields_shown")
        change.tell("reveal", person, fields=list(shown))
        change.leads_to(reverse("roster:person", args=[person.pk]))
        return shown


def look_up(*, actor: Actor, number: str, sent: Sent | None = None) -> list[Person]:
    """Those within reach whose ID number or phone is exactly this; the look-up is written down."""
    index = blind_index(number.strip().upper())
    with writing(actor, "person.reveal", sent=sent) as change:
        _within_limit(change, "lookup", "按号码查找")
        same = Q(id_index=index) | Q(phone_index=index)
        people = list(people_in(change.reach).filter(same).select_related("unit"))
        for person in people:
            change.tell("lookup", person)
        if not people:
            change.tell("lookup", label="按号码查找，没有找到")
        change.leads_to(reverse("roster:person-lookup"))
        return people


def _fill(person: Person, facts: PersonFacts, change: Change) -> None:
    _assign(person, facts.unit_id, change)
    person.code = facts.code
    person.name = facts.name
    person.left = facts.left
    if facts.id_number is not None:
        person.id_number = facts.id_number
    if facts.phone is not None:
        person.phone = facts.phone
    # Before the change is compared with what was: the numbers' indexes follow from them.
    person.clean_fields(exclude=["county"])


def _assign(person: Person, unit_id: int | None, change: Change) -> None:
    """Put a person into a unit; only who reaches the whole county moves people between units."""
    if unit_id is None and not change.reach.whole:
        raise Refusal("请填单位：只能登记本单位的人员。", field="unit")
    if unit_id is not None and unit_id != person.unit_id:
        change.find(own_units(change.reach), unit_id)
        if not change.reach.whole and not person._state.adding:
            raise Refusal("人员调动由指挥部办公室或组织部登记，这里不能改单位。", field="unit")
    person.unit_id = unit_id


def _within_limit(change: Change, verb: str, what: str) -> None:
    """Raises Refusal once an account has done it PER_HOUR times in an hour."""
    # Two requests of one account must not count at the same time.
    Account.objects.select_for_update().filter(pk=change.actor.account_id or 0).first()
    done = AuditEntry.objects.filter(
        actor_id=change.actor.account_id, verb=verb, at__gt=change.at - timedelta(hours=1)
    )
    if done.values("request_id").distinct().count() >= PER_HOUR:
        raise Refusal(f"一小时内最多{what} {PER_HOUR} 次，您已到上限。请过一会儿再来。")
