"""The townships and departments of a made-up county."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.demo.dice import Dice
from kaohe.demo.land import Land
from kaohe.demo.model import Department, Township
from kaohe.demo.words_places import COUNTY_SEAT, COUNTY_SHORT, TOWNSHIPS
from kaohe.demo.words_units import DEPARTMENTS


@dataclass(frozen=True, slots=True)
class Listed:
    """A department as the list has it; see :mod:`kaohe.demo.words_units`."""

    name: str
    class_: str
    head: str
    special_items: str
    marks: str


LISTED = tuple(
    Listed(*(field.strip() for field in line.format(county=COUNTY_SHORT).split("|")))
    for line in DEPARTMENTS.strip().splitlines()
)


def make_townships(seed: int, land: Land) -> tuple[Township, ...]:
    """One for each piece of the land; the county's seat is the one in the middle."""
    dice = Dice(seed, "townships")
    if len(land.townships) > len(TOWNSHIPS) + 1:
        raise ValueError(f"示例县最多 {len(TOWNSHIPS) + 1} 个乡镇，现为 {len(land.townships)}")
    names = [COUNTY_SEAT, *dice.shuffled(TOWNSHIPS)]
    return tuple(
        Township(
            code=f"T{number:03d}",
            name=names[number - 1] + ("镇" if number == 1 or dice.chance(0.4) else "乡"),
            seat=seat,
            attributes={
                "project_township": not dice.chance(0.1),
                "reduction_task_met": _task_met(dice),
                "vertical": False,
            },
            outline=outline,
        )
        for number, (seat, outline) in enumerate(land.townships, start=1)
    )


def make_departments(seed: int, wanted: int) -> tuple[Department, ...]:
    """The first of the list, so many."""
    dice = Dice(seed, "departments")
    if wanted > len(LISTED):
        raise ValueError(f"示例县最多 {len(LISTED)} 个部门，现为 {wanted}")
    return tuple(
        Department(
            code=f"D{number:03d}",
            name=listed.name,
            attributes={
                "class": listed.class_,
                "special_items": listed.special_items or None,
                "reduction_task_met": _task_met(dice),
                "vertical": "垂" in listed.marks,
                "provincial_target": "省" in listed.marks,
                "research_task": "课" in listed.marks,
            },
        )
        for number, listed in enumerate(LISTED[:wanted], start=1)
    )


def technicians_from(departments: Sequence[Department]) -> list[tuple[str, int]]:
    """The departments that send technicians, by weight: most come from the first of them."""
    marked = {listed.name for listed in LISTED if "农" in listed.marks}
    codes = [department.code for department in departments if department.name in marked]
    return [(code, 4 if code == codes[0] else 1) for code in codes]


def _task_met(dice: Dice) -> bool | None:
    """Mostly met; of some it is not determined yet."""
    return dice.weighted([(True, 85), (False, 8), (None, 7)])
