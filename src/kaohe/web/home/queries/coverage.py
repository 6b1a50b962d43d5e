"""Who serves at the villages now: the one read behind the rules about postings and the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Posting
from kaohe.web.roster.queries.reach import villages_in


@dataclass(frozen=True)
class Served:
    """A village: by kind of posting how many serve now, and how many served before."""

    village: int
    township: str
    poor: bool
    now: dict[str, int]
    before: dict[str, int]


@dataclass(frozen=True)
class Coverage:
    """All villages within reach with who serves there."""

    villages: Sequence[Served]

    @property
    def poor(self) -> list[Served]:
        return [one for one in self.villages if one.poor]

    def never(self, kind: str) -> int:
        """Poor villages to which nobody of the kind was ever sent."""
        return sum(not one.now[kind] and not one.before[kind] for one in self.poor)

    def ended(self, kind: str) -> int:
        """Poor villages whose posting of the kind ended, and nobody came after."""
        return sum(not one.now[kind] and one.before[kind] > 0 for one in self.poor)

    def doubled(self, kind: str) -> int:
        """Villages at which more than one of the kind serve at the same time."""
        return sum(one.now[kind] > 1 for one in self.villages)

    def serving(self, kind: str) -> int:
        """Postings of the kind that last today."""
        return sum(one.now[kind] for one in self.villages)

    def covered(self, kind: str) -> int:
        """Poor villages at which somebody of the kind serves."""
        return sum(one.now[kind] > 0 for one in self.poor)


def coverage_in(reach: Reach, today: date) -> Coverage:
    """One row a village; a posting that begins later counts as serving: the successor is named."""
    now = Q(postings__end__isnull=True) | Q(postings__end__gte=today)
    before = Q(postings__end__lt=today)
    counts = {
        f"{name}_{kind}": Count("postings", filter=Q(postings__kind=kind) & when)
        for kind in Posting.Kind.values
        for name, when in (("now", now), ("before", before))
    }
    rows: Iterable[Mapping[str, Any]] = (
        villages_in(reach)
        .order_by("township__code", "code")
        .values("pk", "poor", town=F("township__name"))
        .annotate(**counts)
    )
    return Coverage(
        tuple(
            Served(
                village=row["pk"],
                township=row["town"],
                poor=row["poor"],
                now={kind: row[f"now_{kind}"] for kind in Posting.Kind.values},
                before={kind: row[f"before_{kind}"] for kind in Posting.Kind.values},
            )
            for row in rows
        )
    )
