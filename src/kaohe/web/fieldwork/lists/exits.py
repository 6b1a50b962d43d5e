"""The list of villages that leave the list: what it shows, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kaohe.web.common.narrowing import Narrowing
from kaohe.web.fieldwork.models import VillageExit
from kaohe.web.fieldwork.queries.exits import Leaving

HEADS = (
    "乡镇",
    "村",
    "截至日期",
    *(str(item.label) for item in VillageExit.Item),
    "没有达到的",
    "状态",
    "确认人",
)

NARROWED: Final[Narrowing[Leaving]] = Narrowing(
    {
        "": ("全部", lambda one: True),
        "missing": ("没有填报", lambda one: one.row is None),
        "waiting": ("待确认", lambda one: one.row is not None and one.row.is_waiting),
        "returned": ("已退回", lambda one: one.row is not None and one.row.is_returned),
        "missed": ("有没达到的", lambda one: bool(one.missed)),
    }
)


def as_rows(found: Iterable[Leaving]) -> list[list[object]]:
    """A row a village, for a workbook."""
    return [
        [
            one.village.township.name,
            one.village.name,
            one.row.day if one.row else None,
            *(_value(one.row, item) for item in VillageExit.Item),
            "、".join(one.missed),
            one.row.get_state_display() if one.row else "没有填报",
            one.row.decided_by if one.row else "",
        ]
        for one in found
    ]


def _value(row: VillageExit | None, item: VillageExit.Item) -> object:
    """A tick as 是 or 否, a number as it is."""
    return getattr(row, item) if row is not None else None
