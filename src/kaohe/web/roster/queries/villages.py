"""Villages as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Posting, TeamMember, Village, VillageCount, WorkYear
from kaohe.web.roster.queries.reach import villages_in
from kaohe.web.roster.queries.spans import not_over


def villages_with_counts(reach: Reach, year: WorkYear | None) -> QuerySet[Village]:
    """Villages with their township and the year's households: households, poor_households …"""
    counted = FilteredRelation("counts", condition=Q(counts__year=year.pk if year else None))
    return (
        villages_in(reach)
        .select_related("township")
        .annotate(counted=counted)
        .annotate(
            households=F("counted__households"),
            people=F("counted__people"),
            poor_households=F("counted__poor_households"),
            poor_people=F("counted__poor_people"),
        )
    )


COUNTS = "counts"
LACKS = (
    *((kind.value, f"没有{kind.label}") for kind in Posting.Kind),
    (COUNTS, "没有填户数"),
)


def lacking(rows: QuerySet[Village], what: str) -> QuerySet[Village]:
    """Villages of villages_with_counts that lack one of LACKS; a successor to come is there."""
    if what == COUNTS:
        return rows.filter(Q(households__isnull=True))
    there = Posting.objects.filter(
        not_over(timezone.localdate()), village=OuterRef("pk"), kind=what
    )
    return rows.filter(~Exists(there))


def counts_of(village: Village) -> QuerySet[VillageCount]:
    """All years' counts of a village, the latest first."""
    return village.counts.select_related("year").order_by("-year__year")


@dataclass(frozen=True)
class Service:
    """Who serves at a village in one of the three ways, and who did before."""

    label: str
    present: tuple[Posting, ...]
    former: tuple[Posting, ...]


def services_at(village: Village) -> Sequence[Service]:
    """The three ways of serving, each with its postings; a posting knows whom it replaced.

    A posting's team has its present members in `serving`, the leader first.
    """
    today = timezone.localdate()
    members = TeamMember.objects.select_related("person").filter(not_over(today))
    rows = (
        village.postings.select_related("person", "team", "department")
        .select_related("replaces__person", "replaces__team")
        .prefetch_related(Prefetch("team__members", queryset=members, to_attr="serving"))
        .order_by("-start")
    )
    postings = list(rows)
    return [
        Service(
            str(kind.label),
            tuple(one for one in postings if one.kind == kind and _lasts(one, today)),
            tuple(one for one in postings if one.kind == kind and not _lasts(one, today)),
        )
        for kind in Posting.Kind
    ]


def _lasts(posting: Posting, day: date) -> bool:
    return posting.end is None or posting.end >= day
