"""The county as a map: its outline and its townships', its villages where they lie."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import County, Unit, Village, WorkYear
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.roster.queries.villages import villages_with_counts

Ring = Sequence[Sequence[float]]
Json = dict[str, Any]
# Around villages without any outline, in degrees.
_MARGIN = 0.05
_COUNTY = "county"


@dataclass(frozen=True)
class Group:
    """Villages that are drawn alike; colours are the theme's, by their names."""

    name: str
    symbol: str
    size: int
    colour: str


POOR = Group("贫困村", "circle", 8, "--chart-1")
EXITED = Group("已退出的贫困村", "diamond", 11, "--chart-4")
OTHER = Group("其他村", "rect", 5, "--chart-6")
GROUPS = (POOR, EXITED, OTHER)


@dataclass(frozen=True)
class Map:
    """What a page needs to draw: GeoJSON shapes, and an option of ECharts."""

    shapes: Json
    option: Json


def map_of(
    reach: Reach,
    year: WorkYear | None,
    villages: Sequence[Village],
    url_of: Callable[[Village], str],
) -> Map:
    """All placed villages in groups of their own colour and shape; a click leads to the village."""
    base = _base(reach, villages)
    grouped: dict[Group, list[Village]] = {group: [] for group in GROUPS}
    for village in villages:
        grouped[group_of(village, year)].append(village)
    base.option["geo"].update({"roam": True, "scaleLimit": {"min": 1, "max": 20}})
    base.option["legend"] = {"data": [group.name for group in GROUPS], "icon": None}
    base.option["tooltip"] = {"trigger": "item"}
    base.option["series"] = [
        _series(group, [_point(one, url_of(one)) for one in members])
        for group, members in reversed(grouped.items())
    ]
    return base


def map_of_one(reach: Reach, village: Village, year: WorkYear | None) -> Map:
    """Where in the county one placed village lies."""
    base = _base(reach, [village])
    base.option["geo"]["label"] = {"show": False}
    mark = Group(village.name, "pin", 34, group_of(village, year).colour)
    base.option["series"] = [_series(mark, [{"name": village.name, "value": _place(village)}])]
    return base


def group_of(village: Village, year: WorkYear | None) -> Group:
    """How a village is drawn in the year: one that exits in it counts as exited."""
    if not village.poor:
        return OTHER
    until = year.year if year is not None else None
    exited = village.exit_year is not None and (until is None or village.exit_year <= until)
    return EXITED if exited else POOR


def placed_villages(reach: Reach, year: WorkYear | None) -> list[Village]:
    """Villages within reach whose coordinates are known, with the year's households."""
    rows = villages_with_counts(reach, year)
    return list(rows.filter(longitude__isnull=False, latitude__isnull=False))


def _base(reach: Reach, villages: Iterable[Village]) -> Map:
    """The outlines within reach; where none is known, a plain field around the villages."""
    county = County.objects.get(pk=reach.county_id)
    townships = units_in(reach).filter(kind=Unit.Kind.TOWNSHIP, ended__isnull=True)
    rings = {unit.name: unit.outline for unit in townships if unit.outline}
    features = [_feature(name, ring) for name, ring in rings.items()]
    regions = []
    if county.outline:
        # Last, so that its line lies above the townships'; it has no name and no ground of its own.
        features.append(_feature(_COUNTY, county.outline))
        regions.append(_county_look())
    if not features:
        features.append(_feature(_COUNTY, _around(villages)))
        regions.append(_county_look())
    shapes = {"type": "FeatureCollection", "features": features}
    return Map(shapes, {"geo": _geo(features, regions)})


def _series(group: Group, points: list[Json]) -> Json:
    return {
        "name": group.name,
        "type": "scatter",
        "coordinateSystem": "geo",
        "symbol": group.symbol,
        "symbolSize": group.size,
        "itemStyle": {"color": group.colour, "borderColor": "--surface", "borderWidth": 1},
        "data": points,
    }


def _point(village: Village, url: str) -> Json:
    return {
        "name": village.name,
        "value": _place(village),
        "url": url,
        "tooltip": {"formatter": "\n".join(_lines(village))},
    }


def _lines(village: Village) -> Iterable[str]:
    """What a village's tooltip says."""
    yield f"{village.name}（{village.township}）"
    households: int | None = getattr(village, "households", None)
    if households is not None:
        poor = getattr(village, "poor_households", 0)
        yield f"{households} 户，其中贫困户 {poor} 户"
    if village.exit_year:
        yield f"退出年度：{village.exit_year}"


def _place(village: Village) -> list[float]:
    return [float(village.longitude or 0), float(village.latitude or 0)]


def _feature(name: str, ring: Ring) -> Json:
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in ring]]},
    }


def _geo(features: Sequence[Json], regions: list[Json]) -> Json:
    points = [point for one in features for point in one["geometry"]["coordinates"][0]]
    latitudes = [float(point[1]) for point in points]
    middle = (min(latitudes) + max(latitudes)) / 2
    return {
        # A degree of longitude is shorter than one of latitude by the cosine of the latitude.
        "aspectScale": round(math.cos(math.radians(middle)), 4),
        "itemStyle": {"areaColor": "--surface-2", "borderColor": "--line-strong"},
        "label": {"show": True, "color": "--muted", "fontSize": 11},
        "silent": True,
        "layoutCenter": ["50%", "52%"],
        "layoutSize": "92%",
        "regions": regions,
    }


def _county_look() -> Json:
    style = {"areaColor": "transparent", "borderColor": "--muted", "borderWidth": 2}
    return {"name": _COUNTY, "itemStyle": style, "label": {"show": False}}


def _around(villages: Iterable[Village]) -> Ring:
    places = [_place(one) for one in villages]
    left, right = min(x for x, _ in places) - _MARGIN, max(x for x, _ in places) + _MARGIN
    low, high = min(y for _, y in places) - _MARGIN, max(y for _, y in places) + _MARGIN
    return [[left, low], [right, low], [right, high], [left, high], [left, low]]
