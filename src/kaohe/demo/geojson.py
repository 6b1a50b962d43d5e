"""Townships and outline as GeoJSON, which ECharts' ``registerMap`` takes as it is."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.demo.model import County, Place, Ring, Township

Json = dict[str, object]


def township_map(townships: Sequence[Township]) -> Json:
    """A feature a township; ``cp`` is where ECharts writes its name."""
    return _collection([_feature(one.code, one.name, one.outline, one.seat) for one in townships])


def outline_map(county: County) -> Json:
    """One feature, the whole county."""
    return _collection([_feature(county.code, county.name, county.outline, county.centre)])


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}


def _feature(code: str, name: str, outline: Ring, middle: Place) -> Json:
    return {
        "type": "Feature",
        "id": code,
        "properties": {"code": code, "name": name, "cp": list(middle)},
        "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in outline]]},
    }
