"""Points and polygons of a plane; polygons run counter-clockwise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import fsum

Point = tuple[float, float]


def distance2(a: Point, b: Point) -> float:
    """The square of the distance."""
    return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])


def between(a: Point, b: Point, share: float) -> Point:
    """The point at this share of the way from ``a`` to ``b``."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def closed(ring: Sequence[Point]) -> tuple[Point, ...]:
    """The ring with its first point once more at its end, as GeoJSON wants it."""
    return (*ring, ring[0])


def area(ring: Sequence[Point]) -> float:
    """The area of a closed ring, above zero if it runs counter-clockwise."""
    return fsum(_cross(a, b) for a, b in pairwise(ring)) / 2


def centroid(ring: Sequence[Point]) -> Point:
    """The centre of mass of a closed ring."""
    sides = [(a, b, _cross(a, b)) for a, b in pairwise(ring)]
    six_areas = 3 * fsum(cross for _, _, cross in sides)
    return (
        fsum((a[0] + b[0]) * cross for a, b, cross in sides) / six_areas,
        fsum((a[1] + b[1]) * cross for a, b, cross in sides) / six_areas,
    )


def contains(ring: Sequence[Point], point: Point) -> bool:
    """Whether the point lies inside a closed ring: a ray from it meets the ring an odd number
    of times."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def _cross(a: Point, b: Point) -> float:
    return a[0] * b[1] - b[0] * a[1]
