"""Townships and departments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Sent, writing
from kaohe.web.roster.models import Unit
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.roster.queries.units import standing_on


@dataclass(frozen=True)
class UnitFacts:
    """What an office says of a unit."""

    code: str
    name: str


def add_unit(*, actor: Actor, kind: str, facts: UnitFacts, sent: Sent | None = None) -> Unit:
    """Enter a township or department. Raises ValidationError for a code or name that is taken."""
    with writing(actor, "unit.change", sent=sent) as change:
        unit = Unit(county_id=actor.county_id, kind=kind, code=facts.code, name=facts.name)
        change.create(unit)
        change.leads_to(reverse("roster:unit", args=[unit.pk]))
        return unit


def change_unit(
    *, actor: Actor, unit_id: int, seen: int, facts: UnitFacts, sent: Sent | None = None
) -> Unit:
    """Change a unit's code or name; what kind it is stays, since scores and posts stand on it."""
    with writing(actor, "unit.change", sent=sent) as change:
        unit = change.find(units_in(change.reach), unit_id, version=seen)
        unit.code, unit.name = facts.code, facts.name
        change.update(unit)
        change.leads_to(reverse("roster:unit", args=[unit.pk]))
        return unit


def end_unit(
    *, actor: Actor, unit_id: int, seen: int, ended: date | None, sent: Sent | None = None
) -> Unit:
    """End a unit on a day, its last; None takes that back.

    Raises Refusal for a day to come, and while anything current stands on the unit.
    """
    with writing(actor, "unit.change", sent=sent) as change:
        unit = change.find(units_in(change.reach), unit_id, version=seen)
        if ended is not None:
            if ended > timezone.localdate():
                raise Refusal("撤销日期不能晚于今天。", field="ended")
            if standing := standing_on(unit, ended):
                raise Refusal(
                    f"{unit}名下还有{'、'.join(standing)}，先转走或结束，再撤销。", field="ended"
                )
        unit.ended = ended
        change.update(unit)
        change.leads_to(reverse("roster:unit", args=[unit.pk]))
        return unit
