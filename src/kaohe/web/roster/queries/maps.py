"""The county as a map: its townships' outlines, its villages where they lie."""

from __future__ import annotations

from typing import Any

from kaohe.web.common.actor import Reach
from kaohe.web.roster.queries.reach import villages_in


def map_option(reach: Reach) -> dict[str, Any]:
    """An ECharts option; villages without coordinates are left out."""
    placed = villages_in(reach).filter(longitude__isnull=False, latitude__isnull=False)
    points = [
        {"name": village.name, "value": [str(village.longitude), str(village.latitude)]}
        for village in placed
    ]
    return {"series": [{"type": "scatter", "data": points}]}
