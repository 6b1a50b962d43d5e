"""What changed lately within reach: the roster's audit entries, one action's put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Count, Max, Min, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.models import Post, TeamMember, UnitAttributes, VillageCount
from kaohe.web.roster.queries.reach import people_in, postings_in, teams_in, units_in, villages_in

# Older changes are on the history pages.
SINCE = timedelta(days=30)
SHOWN = 8
_VERBS = ("create", "update", "delete")
_TYPES = (
    "roster.workyear",
    "roster.unit",
    "roster.unitattributes",
    "roster.village",
    "roster.villagecount",
    "roster.person",
    "roster.post",
    "roster.team",
    "roster.teammember",
    "roster.posting",
)


@dataclass(frozen=True)
class Done:
    """One action of somebody: its first entry, and how many rows of which sort it touched how."""

    first: AuditEntry
    touched: tuple[tuple[str, str, int], ...]

    @property
    def count(self) -> int:
        return sum(count for _, _, count in self.touched)


def recent_in(reach: Reach) -> Sequence[Done]:
    """The latest actions, newest first; an import of a thousand rows is one of them."""
    entries = _entries_in(reach)
    latest = (
        entries.values("request_id").annotate(last=Max("seq")).order_by("-last")[:SHOWN]
    ).values_list("request_id", flat=True)
    order = list(latest)
    parts: dict[object, list[tuple[str, str, int]]] = {key: [] for key in order}
    firsts: dict[object, int] = {}
    touched = (
        entries.filter(request_id__in=order)
        .values("request_id", "object_type", "verb")
        .annotate(count=Count("seq"), first=Min("seq"))
        .order_by("first")
    )
    for row in touched:
        parts[row["request_id"]].append((row["object_type"], row["verb"], row["count"]))
        firsts.setdefault(row["request_id"], row["first"])
    told = AuditEntry.objects.in_bulk(list(firsts.values()))
    return [Done(told[firsts[key]], tuple(parts[key])) for key in order]


def _entries_in(reach: Reach) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.filter(
        county_id=reach.county_id,
        at__gte=timezone.now() - SINCE,
        verb__in=_VERBS,
        object_type__in=_TYPES,
    )
    return entries if reach.whole else entries.filter(_about(reach))


def _about(reach: Reach) -> Q:
    """Entries about rows within reach; the audit chain knows rows by type and key only."""
    villages, people, teams = villages_in(reach), people_in(reach), teams_in(reach)
    units = units_in(reach).filter(pk__in=reach.units)
    rows: dict[str, QuerySet[Any]] = {
        "roster.unit": units,
        "roster.unitattributes": UnitAttributes.objects.filter(unit__in=units),
        "roster.village": villages,
        "roster.villagecount": VillageCount.objects.filter(village__in=villages),
        "roster.person": people,
        "roster.post": Post.objects.filter(person__in=people),
        "roster.team": teams,
        "roster.teammember": TeamMember.objects.filter(team__in=teams),
        "roster.posting": postings_in(reach),
    }
    about = Q()
    for object_type, queryset in rows.items():
        keys = queryset.order_by().annotate(key=Cast("pk", CharField())).values("key")
        about |= Q(object_type=object_type, object_id__in=keys)
    return about
