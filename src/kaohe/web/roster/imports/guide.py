"""What the workbook's first sheet says: how to fill in each sheet and column."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.web.roster.imports.columns import Column, SheetLayout
from kaohe.web.roster.imports.layout import COUNTY_LABEL, YEAR_LABEL

_HOW = (
    "每个工作表的第一行是列名，从第二行起填写，一行一条。不用的工作表可以空着或删去。",
    "黄色的列必填，蓝色的列可以不填。把鼠标放在列名上，有填写的说明和例子。",
    "按编号认人认单位：编号已登记的是修改，没有登记的是新增；文件里没有的不会被删除。",
    "乡镇、部门、村、人员、工作队都填编号；填“T001 云溪镇”这样的编号加名称，或不重复的名称也可以。",
    "已登记的一条：格子留空表示改为空；整列删去表示这一项不改。户数人数留空表示不改。",
    "身份证号、电话带星号（510***********1234）的表示不改。",
    "不要合并单元格，不要用公式，不要加列；编号、身份证号、电话的格子保持“文本”格式。",
    "上传后先看预览，确认后才写入；有一处问题就全部不导入。",
)


def guide(
    layouts: Sequence[SheetLayout], county: str, year: str
) -> list[tuple[str, Sequence[str]]]:
    """Lines of the sheet as a style and the texts of the cells."""
    lines: list[tuple[str, Sequence[str]]] = [
        ("title", ["名册导入表"]),
        ("wrap", [COUNTY_LABEL, county]),
        ("wrap", [YEAR_LABEL, year]),
        ("wrap", []),
        ("heading", ["怎样填"]),
    ]
    lines += [("wrap", [str(number), text]) for number, text in enumerate(_HOW, start=1)]
    for layout in layouts:
        lines += [("wrap", []), ("heading", [f"工作表“{layout.name}”"])]
        lines += [("wrap", [column.head, _explained(column)]) for column in layout.columns]
    return lines


def _explained(column: Column) -> str:
    parts = [
        "必填" if column.required else "可不填",
        column.expected,
        column.note,
        f"例：{column.example}" if column.example else "",
    ]
    return "；".join(part for part in parts if part)
