"""The map: an irregular outline, tiled by townships, with every place where it belongs."""

from itertools import combinations, pairwise
from math import isclose

import pytest

from kaohe.demo.land import Land, shape_land
from kaohe.demo.plane import area, contains


@pytest.fixture(
    scope="module",
    params=[(seed, townships) for townships in (3, 7, 20) for seed in range(6)],
    ids=lambda one: f"seed{one[0]}-townships{one[1]}",
)
def land(request: pytest.FixtureRequest) -> Land:
    return shape_land(*request.param)


def crosses(a, b, c, d) -> bool:
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def test_the_outline_is_closed_and_has_80_to_160_points(land):
    assert land.outline[0] == land.outline[-1]
    assert 80 <= len(land.outline) - 1 <= 160
    assert len(set(land.outline)) == len(land.outline) - 1


def test_no_outline_crosses_itself(land):
    for ring in (land.outline, *(ring for _, ring in land.townships)):
        sides = list(pairwise(ring))
        assert not any(crosses(*one, *other) for one, other in combinations(sides, 2))


def test_townships_tile_the_county(land):
    areas = [area(ring) for _, ring in land.townships]
    assert min(areas) > 0
    assert isclose(sum(areas), area(land.outline), rel_tol=1e-9)


def test_the_outline_is_made_of_the_borders_of_townships(land):
    points = {point for _, ring in land.townships for point in ring}
    assert set(land.outline) <= points


def test_each_seat_lies_in_its_township_and_in_no_other(land):
    for seat, own in land.townships:
        holding = [ring for _, ring in land.townships if contains(ring, seat)]
        assert holding == [own]


def test_each_village_lies_in_its_township(county):
    outlines = {township.code: township.outline for township in county.townships}
    assert all(contains(outlines[one.township], one.location) for one in county.villages)


def test_no_two_villages_lie_at_the_same_place(county):
    assert len({one.location for one in county.villages}) == len(county.villages)


def test_the_centre_is_inside(county):
    assert contains(county.county.outline, county.county.centre)


def test_geojson_has_a_named_closed_polygon_a_township(county):
    features = county.geojson()["features"]
    assert [one["properties"]["name"] for one in features] == [
        township.name for township in county.townships
    ]
    for one in features:
        (ring,) = one["geometry"]["coordinates"]
        assert ring[0] == ring[-1]


def test_geojson_of_the_outline_is_one_polygon(county):
    (feature,) = county.outline_geojson()["features"]
    assert feature["properties"]["name"] == "禾望县"
    assert len(feature["geometry"]["coordinates"][0]) == len(county.county.outline)
