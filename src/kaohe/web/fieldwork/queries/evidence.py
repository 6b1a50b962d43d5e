"""Evidence with what a reader should know beside it: other uses of the same file, the distance."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import Evidence
from kaohe.web.fieldwork.queries.reach import evidence_in
from kaohe.web.roster.models import Village

_EARTH = 6_371_000.0


@dataclass(frozen=True)
class ShownEvidence:
    """One file as a page shows it.

    uses: how often the same content stands elsewhere in the county; seen_uses: those of them that
    the reader may see. metres: from where the picture says it was taken to the village's place.
    """

    evidence: Evidence
    uses: int
    seen_uses: tuple[Evidence, ...]
    metres: int | None

    @property
    def distance(self) -> str:
        return distance_text(self.metres)


def evidence_with_uses(reach: Reach) -> QuerySet[Evidence]:
    """All evidence in reach, each with the number of other `uses` of the same content."""
    same = (
        Evidence.objects.filter(county_id=reach.county_id, sha256=OuterRef("sha256"))
        .order_by()
        .values("sha256")
        .annotate(number=Count("pk"))
        .values("number")
    )
    number = Coalesce(Subquery(same, output_field=IntegerField()), 1)
    return (
        evidence_in(reach)
        .annotate(uses=number - 1)
        .select_related("person", "unit", "village__township")
    )


def shown(rows: Iterable[Evidence], reach: Reach) -> list[ShownEvidence]:
    """Files for the part `fieldwork/parts/evidence.html`, in three queries however many they are.

    reach is that of evidence.view: `shown(journal.evidence.all(), actor.reach("evidence.view"))`.
    """
    if isinstance(rows, QuerySet):
        rows = rows.select_related("person", "unit", "village")
    files = list(rows)
    same = Evidence.objects.filter(
        county_id=reach.county_id, sha256__in={file.sha256 for file in files}
    )
    all_uses: dict[str, set[int]] = defaultdict(set)
    for sha256, pk in same.order_by().values_list("sha256", "pk"):
        all_uses[sha256].add(pk)
    repeated = [sha256 for sha256, keys in all_uses.items() if len(keys) > 1]
    seen: dict[str, dict[int, Evidence]] = defaultdict(dict)
    if repeated:
        readable = evidence_in(reach).filter(sha256__in=repeated)
        for use in readable.select_related("person", "unit", "village"):
            seen[use.sha256][use.pk] = use
    return [
        ShownEvidence(
            evidence=file,
            uses=len(all_uses[file.sha256] - {file.pk}),
            seen_uses=tuple(use for pk, use in seen[file.sha256].items() if pk != file.pk),
            metres=distance_to_village(file),
        )
        for file in files
    ]


def distance_to_village(file: Evidence) -> int | None:
    """Metres from the picture's place to its village; None when one of them is not known."""
    village: Village | None = file.village
    if village is None or village.longitude is None or village.latitude is None:
        return None
    if file.longitude is None or file.latitude is None:
        return None
    return round(
        metres_between(
            (float(file.longitude), float(file.latitude)),
            (float(village.longitude), float(village.latitude)),
        )
    )


def distance_text(metres: int | None) -> str:
    """A distance as one reads it: 320 米, 12.4 公里; empty when it is not known."""
    if metres is None:
        return ""
    return f"{metres} 米" if metres < 1000 else f"{metres / 1000:.1f} 公里"


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two places, each longitude and latitude in degrees, on a sphere."""
    (long_1, lat_1), (long_2, lat_2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin((long_2 - long_1) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))
