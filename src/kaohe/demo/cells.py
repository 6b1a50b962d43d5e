"""The plane divided among seeds: each cell holds what is nearest to its seed (Voronoi)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.demo.dice import Dice
from kaohe.demo.plane import Point, between, centroid, closed, distance2

# The neighbour of a side that lies on the edge of the square.
NOBODY = -1
ROUNDS_OF_RELAXING = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a cell: where it starts, and whose cell lies beyond."""

    start: Point
    neighbour: int


Cell = list[Side]


def spread_seeds(dice: Dice, count: int, half: float) -> list[Point]:
    """Seeds in the square from ``-half`` to ``half``, irregular but nowhere crowded."""
    seeds = [(dice.between(-half, half), dice.between(-half, half)) for _ in range(count)]
    for _ in range(ROUNDS_OF_RELAXING):
        cells = divide(seeds, half)
        seeds = [centroid(closed([side.start for side in cell])) for cell in cells]
    return seeds


def divide(seeds: Sequence[Point], half: float) -> list[Cell]:
    """The cell of each seed within the square."""
    return [_cell(index, seeds, half) for index in range(len(seeds))]


def _cell(index: int, seeds: Sequence[Point], half: float) -> Cell:
    seed = seeds[index]
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    cell = [Side(corner, NOBODY) for corner in corners]
    others = sorted(
        (distance2(seed, other), number) for number, other in enumerate(seeds) if number != index
    )
    for apart2, number in others:
        if apart2 > 4 * max(distance2(seed, side.start) for side in cell):
            break  # this one and all further ones are too far to cut anything off
        cell = _cut(cell, seed, seeds[number], number)
    return cell


def _cut(cell: Cell, seed: Point, other: Point, number: int) -> Cell:
    """What remains of a cell nearer to its seed than to the other one."""
    middle = between(seed, other, 0.5)
    beyond = [_beyond(side.start, middle, seed, other) for side in cell]
    kept: Cell = []
    for place, side in enumerate(cell):
        after = (place + 1) % len(cell)
        here, there = beyond[place], beyond[after]
        if here <= 0:
            kept.append(side)
        if (here <= 0) != (there <= 0):
            crossing = between(side.start, cell[after].start, here / (here - there))
            kept.append(Side(crossing, number if here <= 0 else side.neighbour))
    return kept


def _beyond(point: Point, middle: Point, seed: Point, other: Point) -> float:
    """Above zero on the other one's half of the plane."""
    dx, dy = other[0] - seed[0], other[1] - seed[1]
    return (point[0] - middle[0]) * dx + (point[1] - middle[1]) * dy
