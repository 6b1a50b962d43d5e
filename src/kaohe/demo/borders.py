"""Straight sides of cells become borders that wind like real ones, the same on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from kaohe.demo.cells import Cell
from kaohe.demo.dice import Dice
from kaohe.demo.plane import Point, between, distance2

Line = list[Point]

# How far a line may go to one side, as a share of its length.
WIDEST = 0.48


class Borders:
    """The winding line of each side, made once for the two cells that share it.

    A line stays within the two triangles between its side and the two seeds, so lines never cross
    and a seed stays inside its cell.
    """

    def __init__(
        self, seed: int, seeds: Sequence[Point], cells: Sequence[Cell], depth: int
    ) -> None:
        self._seed, self._seeds, self._cells, self._depth = seed, seeds, cells, depth
        self._lines: dict[tuple[int, int], Line] = {}

    def around(self, index: int) -> list[tuple[int, Line]]:
        """Each neighbour of a cell with the line to it, counter-clockwise."""
        return [(side.neighbour, self._line(index, side.neighbour)) for side in self._cells[index]]

    def _line(self, index: int, neighbour: int) -> Line:
        if index > neighbour:
            return self._line(neighbour, index)[::-1]
        if (index, neighbour) not in self._lines:
            self._lines[index, neighbour] = self._wind(index, neighbour)
        return self._lines[index, neighbour]

    def _wind(self, index: int, neighbour: int) -> Line:
        cell = self._cells[index]
        place = [side.neighbour for side in cell].index(neighbour)
        start, end = cell[place].start, cell[(place + 1) % len(cell)].start
        left, right = (_aside(start, end, self._seeds[one]) for one in (index, neighbour))
        dice = Dice(self._seed, f"border {index} {neighbour}")
        return [start, *_bends(dice, start, left, end, right, self._depth), end]


def _aside(start: Point, end: Point, seed: Point) -> Point:
    """How far the line may go towards a seed: some way, and never further than is natural."""
    middle = between(start, end, 0.5)
    length_to_distance = sqrt(distance2(start, end) / distance2(middle, seed))
    return between(middle, seed, min(0.6, WIDEST * length_to_distance))


def _bends(
    dice: Dice, start: Point, left: Point, end: Point, right: Point, depth: int
) -> list[Point]:
    """The points of a line from start to end within the quadrangle with left and right.

    One bend is somewhere in its middle; two smaller quadrangles, which meet there, hold the rest.
    """
    if depth == 0:
        return []
    along, across = dice.between(0.35, 0.65), dice.between(0.1, 0.9)
    by_right, by_left = between(start, right, along), between(left, end, along)
    bend = between(by_right, by_left, across)
    before = (between(start, left, across), between(start, right, along))
    after = (between(left, end, along), between(right, end, across))
    return [
        *_bends(dice, start, before[0], bend, before[1], depth - 1),
        bend,
        *_bends(dice, bend, after[0], end, after[1], depth - 1),
    ]
