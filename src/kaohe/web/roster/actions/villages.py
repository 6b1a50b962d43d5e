"""Villages and their households."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.models import Unit, Village, VillageCount, WorkYear
from kaohe.web.roster.queries.reach import units_in, villages_in, years_in


@dataclass(frozen=True)
class VillageFacts:
    """What an office says of a village; coordinates in degrees."""

    code: str
    name: str
    township_id: int
    poor: bool
    exit_year: int | None
    longitude: Decimal | None
    latitude: Decimal | None


@dataclass(frozen=True)
class Counts:
    """Households and people of a village."""

    households: int
    people: int
    poor_households: int
    poor_people: int


def add_village(*, actor: Actor, facts: VillageFacts, sent: Sent | None = None) -> Village:
    """Enter a village. Raises ValidationError for a code or name that is taken."""
    with writing(actor, "village.change", sent=sent) as change:
        village = Village(county_id=actor.county_id)
        _fill(village, facts, change)
        change.create(village)
        change.leads_to(reverse("roster:village", args=[village.pk]))
        return village


def change_village(
    *, actor: Actor, village_id: int, seen: int, facts: VillageFacts, sent: Sent | None = None
) -> Village:
    """Change a village that stood at version `seen`. Raises Conflict for a later one."""
    with writing(actor, "village.change", sent=sent) as change:
        village = change.find(villages_in(change.reach), village_id, version=seen)
        _fill(village, facts, change)
        change.update(village)
        change.leads_to(reverse("roster:village", args=[village.pk]))
        return village


def count_village(
    *,
    actor: Actor,
    village_id: int,
    year_id: int,
    seen: int | None,
    counts: Counts,
    sent: Sent | None = None,
) -> VillageCount:
    """Enter or change a village's households of a year; seen is None when there were none."""
    with writing(actor, "village.count", sent=sent) as change:
        village = change.find(villages_in(change.reach), village_id)
        year = change.find(years_in(change.reach), year_id)
        if year.state == WorkYear.State.CLOSED:
            raise Refusal(f"{year}已结束，不能再改户数。")
        known = VillageCount.objects.filter(village=village, year=year)
        row = known.first()
        if row is not None:
            row = change.find(known, row.pk, version=seen or 0)
            _count(row, counts)
            change.update(row)
        else:
            row = VillageCount(village=village, year=year)
            _count(row, counts)
            change.create(row)
        change.leads_to(reverse("roster:village", args=[village.pk]))
        return row


def _fill(village: Village, facts: VillageFacts, change: Change) -> None:
    townships = units_in(change.reach).filter(kind=Unit.Kind.TOWNSHIP)
    village.township = change.find(townships, facts.township_id)
    village.code = facts.code
    village.name = facts.name
    village.poor = facts.poor
    village.exit_year = facts.exit_year
    village.longitude = facts.longitude
    village.latitude = facts.latitude


def _count(row: VillageCount, counts: Counts) -> None:
    row.households = counts.households
    row.people = counts.people
    row.poor_households = counts.poor_households
    row.poor_people = counts.poor_people
