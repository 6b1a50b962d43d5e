"""Who answers for the work in each unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain

from kaohe.demo.dice import Dice
from kaohe.demo.model import Department, Duty, Post, Township
from kaohe.demo.people import Directory
from kaohe.demo.turns import last_day
from kaohe.demo.units import LISTED

# In one unit of so many, the head changed within the year.
NEW_HEAD_IN = 8


def make_posts(
    seed: int,
    directory: Directory,
    townships: Sequence[Township],
    departments: Sequence[Department],
) -> tuple[Post, ...]:
    """Head, leader in charge, contact and a clerk of each unit."""
    dice = Dice(seed, "posts")
    units = [
        *((township.code, _township_titles(township)) for township in townships),
        *((department.code, _department_titles(department)) for department in departments),
    ]
    return tuple(
        chain.from_iterable(
            _of_unit(dice, directory, unit, titles, new_head=number % NEW_HEAD_IN == 0)
            for number, (unit, titles) in enumerate(units, start=1)
        )
    )


def _of_unit(
    dice: Dice, directory: Directory, unit: str, titles: dict[Duty, str], *, new_head: bool
) -> list[Post]:
    posts: list[Post] = []
    for duty, title in titles.items():
        start = date(dice.whole(2011, 2015), dice.whole(1, 12), 1)
        if duty is Duty.HEAD and new_head:
            end = last_day(dice)
            posts.append(Post(directory.add("P", unit), unit, title, duty, start, end))
            start = end + timedelta(days=1)
        posts.append(Post(directory.add("P", unit), unit, title, duty, start, None))
    return posts


def _township_titles(township: Township) -> dict[Duty, str]:
    return {
        Duty.HEAD: "党委书记",
        Duty.DEPUTY_IN_CHARGE: f"副{township.name[-1]}长",
        Duty.CONTACT: "扶贫专干",
        Duty.STAFF: "资料员",
    }


def _department_titles(department: Department) -> dict[Duty, str]:
    head = next(listed.head for listed in LISTED if listed.name == department.name)
    return {
        Duty.HEAD: head,
        Duty.DEPUTY_IN_CHARGE: f"副{head}",
        Duty.CONTACT: "办公室主任",
        Duty.STAFF: "资料员",
    }
