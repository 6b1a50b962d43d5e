"""The shape of a made-up county: its townships tile it, and their outer borders are its outline.

It lies in the open water of the Bohai Sea, where no county is: nobody can take it for a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from math import sqrt

from kaohe.demo.borders import Borders, Line
from kaohe.demo.cells import NOBODY, Cell, divide, spread_seeds
from kaohe.demo.dice import Dice
from kaohe.demo.plane import Point, closed

MIDDLE = (119.9, 38.7)
KM_PER_DEGREE = (86.9, 111.2)
KM2_PER_TOWNSHIP = 110
FEWEST_OUTLINE_POINTS = 80

Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Land:
    """The outline, and of each township its seat and its outline, the one in the middle first.

    Rings are closed and run counter-clockwise; points are (longitude, latitude) in degrees.
    """

    outline: Ring
    townships: tuple[tuple[Point, Ring], ...]


def shape_land(seed: int, townships: int) -> Land:
    """A county of so many townships, in one piece and without holes."""
    for attempt in count():
        land = _attempt(seed, Dice(seed, f"land {attempt}"), townships)
        if land is not None:
            return land
    raise AssertionError("count() does not end")


def _attempt(seed: int, dice: Dice, wanted: int) -> Land | None:
    cells_in_all = 3 * wanted + 16
    half = sqrt(cells_in_all * KM2_PER_TOWNSHIP) / 2
    seeds = spread_seeds(dice, cells_in_all, half)
    cells = divide(seeds, half)
    chosen = _nearest_to_middle(dice, seeds, wanted)
    outer = _outer_sides(cells, chosen)
    if any(neighbour == NOBODY for _, neighbour in outer):
        return None
    borders = Borders(seed, seeds, cells, _depth(len(outer)))
    lines = [
        line
        for index in chosen
        for neighbour, line in borders.around(index)
        if (index, neighbour) in outer
    ]
    outline = _chained(lines)
    rings = [_chained([line for _, line in borders.around(index)]) for index in chosen]
    seats = [_degrees(seeds[index]) for index in chosen]
    townships = tuple((seat, ring) for seat, ring in zip(seats, rings, strict=True) if ring)
    if outline is None or len(townships) < len(chosen):
        return None
    return Land(outline, townships)


def _nearest_to_middle(dice: Dice, seeds: list[Point], wanted: int) -> list[int]:
    """The seeds within a slanting oval, taken with some play so that its edge is ragged."""
    x, y = dice.between(-1, 1), dice.between(0.3, 1)
    length2 = x * x + y * y

    def from_middle(index: int) -> float:
        along = seeds[index][0] * x + seeds[index][1] * y
        across = seeds[index][1] * x - seeds[index][0] * y
        return (along * along / 1.5 + across * across * 1.5) / length2 * plays[index]

    plays = [dice.between(0.85, 1.2) for _ in seeds]
    return sorted(range(len(seeds)), key=from_middle)[:wanted]


def _outer_sides(cells: list[Cell], chosen: list[int]) -> set[tuple[int, int]]:
    """The sides between a chosen cell and one that is not."""
    inside = set(chosen)
    return {
        (index, side.neighbour)
        for index in chosen
        for side in cells[index]
        if side.neighbour not in inside
    }


def _depth(sides: int) -> int:
    """How often sides are halved, for 80 to 160 points in the outline."""
    return next(depth for depth in count() if sides << depth >= FEWEST_OUTLINE_POINTS)


def _chained(lines: list[Line]) -> Ring | None:
    """One ring of all lines put end to end.

    None if they make more than one ring, or if some line is so short that its points are one.
    """
    by_start = {_degrees(line[0]): [_degrees(point) for point in line] for line in lines}
    if len(by_start) < len(lines):
        return None
    line = by_start.pop(_degrees(lines[0][0]))
    ring = line[:-1]
    while line[-1] in by_start:
        line = by_start.pop(line[-1])
        ring += line[:-1]
    whole = not by_start and len(set(ring)) == len(ring)
    return closed(ring) if whole else None


def _degrees(point: Point) -> Point:
    """From kilometres around the middle to degrees, to about a metre."""
    longitude, latitude = (
        round(middle + km / scale, 5)
        for middle, km, scale in zip(MIDDLE, point, KM_PER_DEGREE, strict=True)
    )
    return (longitude, latitude)
