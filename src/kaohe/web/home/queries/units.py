"""Units without what the year or a consequence will ask of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Post, Unit, UnitAttributes, Village, VillageCount, WorkYear
from kaohe.web.roster.queries.reach import units_in, villages_in
from kaohe.web.roster.queries.spans import not_over


@dataclass(frozen=True)
class Vacant:
    """Units without a head, and without a contact."""

    head: int
    contact: int


def vacant_in(reach: Reach, today: date) -> Vacant:
    """Units of the actor's own reach, not those that they see because somebody serves there."""
    rows = units_in(reach).filter(ended__isnull=True)
    if not reach.whole:
        rows = rows.filter(pk__in=reach.units)
    found = rows.aggregate(
        head=Count("pk", filter=~_held(Post.Duty.HEAD, today)),
        contact=Count("pk", filter=~_held(Post.Duty.CONTACT, today)),
    )
    return Vacant(found["head"], found["contact"])


def _held(duty: str, today: date) -> Exists:
    posts = Post.objects.filter(unit=OuterRef("pk"), duty=duty)
    return Exists(posts.filter(not_over(today)))


def units_without_attributes(reach: Reach, year: WorkYear) -> QuerySet[Unit]:
    """Units of which the year's scheme asks something, and that is not said yet."""
    rows = units_in(reach).filter(ended__isnull=True)
    missing = Q()
    for kind in Unit.Kind:
        asked = year.scheme.attributes_of(kind.label)
        if not asked:
            continue
        said = UnitAttributes.objects.filter(year=year, unit=OuterRef("pk")).exclude(values={})
        required = [attribute.code for attribute in asked if attribute.required]
        if required:
            said = said.filter(values__has_keys=required)
        missing |= Q(Q(kind=kind.value), ~Exists(said))
    return rows.filter(missing) if missing else rows.none()


def villages_without_counts(reach: Reach, year: WorkYear) -> QuerySet[Village]:
    """Villages whose households of the year are not entered; of a township, its own only."""
    rows = villages_in(reach)
    if not reach.whole:
        rows = rows.filter(township__in=reach.townships)
    return rows.exclude(pk__in=VillageCount.objects.filter(year=year).values("village"))
