"""Villages as pages show them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, FilteredRelation, Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Posting, Village, VillageCount, WorkYear
from kaohe.web.roster.queries.reach import villages_in


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


def counts_of(village: Village) -> QuerySet[VillageCount]:
    """All years' counts of a village, the latest first."""
    return village.counts.select_related("year").order_by("-year__year")


def postings_at(village: Village) -> Sequence[Posting]:
    """Who serves and served there, the present ones first."""
    rows = village.postings.select_related("person", "team", "department", "replaces")
    return sorted(rows, key=lambda posting: (posting.end is not None, posting.kind, posting.start))
