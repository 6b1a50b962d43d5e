"""The sheets of the roster's workbook and their columns, as data."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from kaohe.web.common.models import Record


class Kind(Enum):
    """What a column holds; what a cell of it should look like."""

    CODE = "编号：字母、数字、横线"
    TEXT = "文字"
    FLAG = "是 或 否"
    DATE = "日期，如 2016-01-05"
    YEAR = "四位年份，如 2016"
    COUNT = "不小于 0 的整数"
    NUMBER = "数，最多两位小数"
    DEGREES = "度，小数，如 105.123456"
    CHOICE = "下拉框里的选项"
    INDICATORS = "指标编号，几个之间用分号，如 2.1;2.3"
    ID_NUMBER = "18 位身份证号，单元格设为文本格式"
    PHONE = "11 位手机号，或区号加固定电话"
    UNIT = "单位的编号"
    TOWNSHIP = "乡镇的编号"
    DEPARTMENT = "部门的编号"
    VILLAGE = "村的编号"
    PERSON = "人员的编号"
    TEAM = "工作队的编号"
    SUBJECT = "人员的编号；驻村工作队填工作队的编号"


REFERENCES = frozenset(
    [
        Kind.UNIT,
        Kind.TOWNSHIP,
        Kind.DEPARTMENT,
        Kind.VILLAGE,
        Kind.PERSON,
        Kind.TEAM,
        Kind.SUBJECT,
    ]
)
# Excel makes numbers and dates of these unless their cells are text.
TEXTUAL = REFERENCES | {
    Kind.CODE,
    Kind.TEXT,
    Kind.CHOICE,
    Kind.INDICATORS,
    Kind.ID_NUMBER,
    Kind.PHONE,
}


class Part(Enum):
    """Which row of the database a column belongs to."""

    MAIN = "main"
    ATTRIBUTES = "attributes"
    COUNTS = "counts"


@dataclass(frozen=True)
class Column:
    """A column: key is the model's field, or the attribute's code; others are accepted heads."""

    key: str
    head: str
    kind: Kind
    required: bool = False
    note: str = ""
    example: str = ""
    others: tuple[str, ...] = ()
    # What may be chosen, as stored → as written.
    choices: tuple[tuple[str, str], ...] = ()
    part: Part = Part.MAIN

    @property
    def personal(self) -> bool:
        return self.kind in {Kind.ID_NUMBER, Kind.PHONE}

    @property
    def expected(self) -> str:
        """What a cell should hold, in words."""
        if self.kind is Kind.CHOICE:
            return " 或 ".join(label for _, label in self.choices[:8])
        return self.kind.value


@dataclass(frozen=True)
class SheetLayout:
    """A sheet: the rows of one model, found again by the columns of `key`."""

    name: str
    model: type[Record]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    others: tuple[str, ...] = ()
    # What every row of the sheet has.
    fixed: dict[str, str] = field(default_factory=dict)

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    @cached_property
    def by_head(self) -> dict[str, Column]:
        """Columns by their heads and the other heads that are accepted."""
        return {
            plain_head(head): column
            for column in self.columns
            for head in (column.head, *column.others)
        }


def plain_head(text: str) -> str:
    """A head without what people add to it: spaces, a star, full-width letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("*").casefold()


def sheet_named(layouts: Sequence[SheetLayout], name: str) -> SheetLayout | None:
    wanted = plain_head(name)
    for layout in layouts:
        if wanted in {plain_head(known) for known in (layout.name, *layout.others)}:
            return layout
    return None
