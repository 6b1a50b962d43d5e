"""What is said of units for a year: written as the year's scheme asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Conflict, Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.actions.attribute_values import checked_values
from kaohe.web.roster.models import UnitAttributes, WorkYear
from kaohe.web.roster.queries.reach import units_in, years_in


@dataclass(frozen=True)
class Saying:
    """What somebody says of a unit, by attribute code; seen is the version shown, or 0."""

    unit_id: int
    seen: int
    values: Mapping[str, object]


class SayingsRefused(Exception):
    """Some of many rows cannot be stored, so none was: what is wrong in each, by the unit's id."""

    def __init__(
        self, wrong: Mapping[int, ValidationError], conflicts: Mapping[int, Conflict]
    ) -> None:
        self.wrong = wrong
        self.conflicts = conflicts
        super().__init__()


def set_attributes(
    *, actor: Actor, year_id: int, saying: Saying, sent: Sent | None = None
) -> UnitAttributes:
    """Store a unit's attributes of a year.

    Raises ValidationError by attribute code, Conflict for a later version, Refusal once the year is
    closed.
    """
    with writing(actor, "unit.change", sent=sent) as change:
        row = _store(change, _year(change, year_id), saying)
        change.leads_to(reverse("roster:unit", args=[saying.unit_id]))
        return row


def set_many_attributes(
    *, actor: Actor, year_id: int, sayings: Sequence[Saying], sent: Sent | None = None
) -> None:
    """Store the attributes of many units, all of them or none. Raises SayingsRefused."""
    with writing(actor, "unit.change", sent=sent) as change:
        year = _year(change, year_id)
        wrong: dict[int, ValidationError] = {}
        conflicts: dict[int, Conflict] = {}
        for saying in sayings:
            try:
                _store(change, year, saying)
            except ValidationError as error:
                wrong[saying.unit_id] = error
            except Conflict as conflict:
                conflicts[saying.unit_id] = conflict
        if wrong or conflicts:
            raise SayingsRefused(wrong, conflicts)
        change.leads_to(reverse("roster:attributes"))


def _year(change: Change, year_id: int) -> WorkYear:
    year = change.find(years_in(change.reach), year_id)
    if year.state == WorkYear.State.CLOSED:
        raise Refusal(f"{year}已结束，不能再改年度属性。")
    return year


def _store(change: Change, year: WorkYear, saying: Saying) -> UnitAttributes:
    unit = change.find(units_in(change.reach), saying.unit_id)
    known = UnitAttributes.objects.filter(year=year, unit=unit)
    row = known.first()
    if row is None:
        values = checked_values(year, unit, saying.values)
        return change.create(UnitAttributes(year=year, unit=unit, values=values))
    row = change.find(known, row.pk, version=saying.seen)
    row.values = checked_values(year, unit, saying.values)
    change.update(row)
    return row
