"""The list of departments' integrated funds: what it shows, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kaohe.web.common.narrowing import Narrowing
from kaohe.web.fieldwork.queries.funds import Line

HEADS = (
    "编号",
    "部门",
    "类别",
    "截至日期",
    "总额（万元）",
    "已整合（万元）",
    "比例（%）",
    "要求",
    "是否达到",
    "状态",
    "确认人",
)

NARROWED: Final[Narrowing[Line]] = Narrowing(
    {
        "": ("全部", lambda line: True),
        "missing": ("没有填报", lambda line: line.row is None),
        "waiting": ("待确认", lambda line: line.row is not None and line.row.is_waiting),
        "short": ("没有达到", lambda line: line.met is False),
        "returned": ("已退回", lambda line: line.sent_back is not None),
    }
)


def as_rows(lines: Iterable[Line]) -> list[list[object]]:
    """A row a line, for a workbook; the ratio to two digits."""
    return [
        [
            line.unit.code,
            line.unit.name,
            str(line.kind.label),
            line.row.day if line.row else None,
            line.row.total if line.row else None,
            line.row.integrated if line.row else None,
            round(line.ratio, 2) if line.ratio is not None else None,
            f"{line.limit}%" if line.limit else "",
            "" if line.met is None else "达到" if line.met else "没有达到",
            line.row.get_state_display() if line.row else "没有填报",
            line.row.decided_by if line.row else "",
        ]
        for line in lines
    ]
