"""The uploaded file becomes rows of values by column, and problems at cells."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from kaohe.web.roster.imports.cells import Unreadable, is_blank, value_of
from kaohe.web.roster.imports.columns import Column, SheetLayout, plain_head, sheet_named
from kaohe.web.roster.imports.layout import CHOICES, COUNTY_LABEL, GUIDE, YEAR_LABEL
from kaohe.web.roster.imports.problems import Problem, Problems, shown
from kaohe.workbooks import Book, Limits, NotAWorkbook, Sheet, cell_name, open_book
from kaohe.workbooks.limits import MEGABYTE

LIMITS = Limits(unpacked=100 * MEGABYTE, cells=3_000_000, text=100 * MEGABYTE)
MOST_ROWS = 50_000
# Text and heads, so that a wrong sheet does not give a hundred problems.
_MOST_HEADS = 20

BAD = object()
"""The value of a cell that cannot be read; a problem tells of it."""


@dataclass(frozen=True)
class Row:
    """A row: its number from 0, its values by column key, for the columns that are there."""

    number: int
    values: dict[str, Any]


@dataclass
class ReadSheet:
    """A sheet that is one of ours: where its columns are, and its rows."""

    layout: SheetLayout
    raw: Sheet
    places: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    # Its head or its cells are so that its rows say nothing reliable.
    spoilt: bool = False

    def problem(
        self, row: int, key: str, message: str, remedy: str = "", value: object = ""
    ) -> Problem:
        """A problem at the cell of a row in the column of that key, masked where it is personal."""
        column = self.layout.column(key)
        place = self.places.get(key, 0)
        cell = self.raw.rows[row][place] if key in self.places else ""
        text = shown(value or ("" if cell is None else cell))
        return Problem(
            message,
            remedy,
            self.layout.name,
            row,
            place,
            column.head,
            _masked(text) if column.personal else text,
            column.expected,
        )


@dataclass
class ReadFile:
    """All of the file that could be read: our sheets by name, and every sheet as it is."""

    sheets: dict[str, ReadSheet] = field(default_factory=dict)
    all: list[Sheet] = field(default_factory=list)


def read_file(
    content: bytes,
    layouts: Sequence[SheetLayout],
    problems: Problems,
    *,
    county: str,
    year: str,
    tell: Callable[[int, int, str], None],
) -> ReadFile:
    """Read a workbook; county and year are what its guide must name, if it has one."""
    found = ReadFile()
    try:
        with open_book(BytesIO(content), LIMITS) as book:
            if book.macros:
                raise NotAWorkbook("文件里有宏：请另存为不含宏的 .xlsx")
            if _of_another(book, problems, county, year):
                return found
            _read_sheets(book, layouts, problems, found, tell)
    except NotAWorkbook as reason:
        problems.add(Problem(f"这个文件{reason}" if _needs_subject(reason) else str(reason)))
    if not found.sheets and not problems.total:
        names = "、".join(layout.name for layout in layouts)
        problems.add(Problem("文件里没有数据", f"在工作表 {names} 里填写；可先下载模板"))
    return found


def _needs_subject(reason: NotAWorkbook) -> bool:
    return str(reason).startswith(("是", "其实", "不是", "设了"))


def _of_another(book: Book, problems: Problems, county: str, year: str) -> bool:
    """Whether the file's own guide says that it belongs to another county or year."""
    if GUIDE not in book.names:
        return False
    said = {
        str(row[0]).strip(): str(row[1]).strip()
        for row in book.sheet(GUIDE).rows[:20]
        if len(row) > 1 and row[0] and row[1]
    }
    before = problems.total
    if said.get(COUNTY_LABEL, county) != county:
        problems.add(
            Problem(
                f"这是{shown(said[COUNTY_LABEL])}的名册，不是{county}的",
                "请用本县的模板；不要改“填写说明”里的县名",
                GUIDE,
            )
        )
    if said.get(YEAR_LABEL, year) != year:
        problems.add(
            Problem(
                f"这是 {shown(said[YEAR_LABEL])} 年度的名册，现在是 {year or '（没有）'} 年度",
                "年度属性和户数会填错年度：请重新下载模板",
                GUIDE,
            )
        )
    return problems.total > before


def _read_sheets(
    book: Book,
    layouts: Sequence[SheetLayout],
    problems: Problems,
    found: ReadFile,
    tell: Callable[[int, int, str], None],
) -> None:
    names = [name for name in book.names if name.strip() not in (GUIDE, CHOICES)]
    for place, name in enumerate(names):
        tell(place, len(names), f"正在读取工作表“{shown(name)}”")
        if book.is_blank(name):
            continue
        raw = book.sheet(name)
        found.all.append(raw)
        layout = sheet_named(layouts, name)
        if layout is None:
            problems.add(_unknown_sheet(name, layouts))
        elif layout.name in found.sheets:
            problems.add(Problem(f"有两个“{layout.name}”工作表", "合成一个", name))
        else:
            sheet = ReadSheet(layout, raw)
            found.sheets[layout.name] = sheet
            if name in book.hidden:
                problems.add(
                    Problem(
                        "工作表是隐藏的，里面的内容没有人看得见", "取消隐藏，核对后再上传", name
                    )
                )
            _read_sheet(sheet, problems)


def _unknown_sheet(name: str, layouts: Sequence[SheetLayout]) -> Problem:
    known = [layout.name for layout in layouts]
    near = difflib.get_close_matches(name.strip(), known, n=1, cutoff=0.4)
    hint = f"是不是“{near[0]}”？是就改名，不是就删去" if near else f"只留 {'、'.join(known)}"
    return Problem("多余的工作表", hint, name)


def _read_sheet(sheet: ReadSheet, problems: Problems) -> None:
    rows = sheet.raw.rows
    head = next((n for n, row in enumerate(rows) if any(not is_blank(cell) for cell in row)), 0)
    for (top, left), (bottom, right) in sheet.raw.merged:
        area = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
        problems.add(
            Problem(
                f"{area} 是合并单元格，看不出每格填什么",
                "取消合并，逐格填写",
                sheet.layout.name,
                top,
                left,
            )
        )
        sheet.spoilt = True
    before = problems.total
    _place_columns(sheet, head, problems)
    if problems.total > before:
        sheet.spoilt = True
    filled = [n for n in range(head + 1, len(rows)) if any(not is_blank(cell) for cell in rows[n])]
    if len(filled) > MOST_ROWS:
        problems.add(Problem(f"超过 {MOST_ROWS:,} 行", "拆成几个文件", sheet.layout.name))
        sheet.spoilt = True
        return
    if all(key in sheet.places for key in sheet.layout.key):
        sheet.rows = list(_rows(sheet, filled, problems))


def _place_columns(sheet: ReadSheet, head: int, problems: Problems) -> None:
    layout, cells = sheet.layout, sheet.raw.rows[head]
    told = 0

    def problem(place: int, message: str, remedy: str, value: str = "") -> None:
        problems.add(Problem(message, remedy, layout.name, head, place, value=shown(value)))

    for place, cell in enumerate(cells):
        text = "" if is_blank(cell) else str(cell)
        column = layout.by_head.get(plain_head(text)) if text else None
        if column is not None and column.key in sheet.places:
            first = cell_name(head, sheet.places[column.key])
            problem(place, f"“{column.head}”列重复，{first} 已经是", "只留一列", text)
        elif column is not None:
            sheet.places[column.key] = place
        elif told < _MOST_HEADS and (text or _filled_below(sheet, head, place)):
            told += 1
            if text:
                problem(place, "多余的列", _nearest_head(text, layout), text)
            else:
                problem(place, "这一列没有列名，下面却有内容", "补上列名，或删去这一列")
    for column in layout.columns:
        if column.required and column.key not in sheet.places:
            problem(0, f"缺少“{column.head}”列", f"加上这一列；应填：{column.expected}")


def _filled_below(sheet: ReadSheet, head: int, place: int) -> bool:
    return any(not is_blank(row[place]) for row in sheet.raw.rows[head + 1 :])


def _nearest_head(text: str, layout: SheetLayout) -> str:
    heads = {head: column.head for head, column in layout.by_head.items()}
    near = difflib.get_close_matches(plain_head(text), heads, n=1, cutoff=0.5)
    if near:
        return f"是不是“{heads[near[0]]}”？是就改列名，不是就删去这一列"
    return f"删去这一列；可以有的列：{'、'.join(column.head for column in layout.columns)}"


def _rows(sheet: ReadSheet, numbers: Sequence[int], problems: Problems) -> Iterator[Row]:
    columns = [(sheet.layout.column(key), place) for key, place in sheet.places.items()]
    formulas = sheet.raw.formulas
    errors = sheet.raw.errors
    for number in numbers:
        cells = sheet.raw.rows[number]
        values: dict[str, Any] = {}
        for column, place in columns:
            try:
                if (number, place) in errors:
                    raise Unreadable("是公式的错误值", f"改填：{column.expected}")
                if (number, place) in formulas:
                    raise Unreadable(
                        "是公式，算出的值可能不是您看到的", "复制后用“选择性粘贴 → 数值”贴回"
                    )
                values[column.key] = _value(cells[place], column)
            except Unreadable as reason:
                values[column.key] = BAD
                problems.add(sheet.problem(number, column.key, reason.message, reason.remedy))
        yield Row(number, values)


def _value(cell: object, column: Column) -> Any:
    value = value_of(cell, column)
    if value is None and column.required:
        raise Unreadable("没有填", f"应填：{column.expected}")
    return value


def _masked(text: str) -> str:
    """A personal value for a message: enough to find the cell by."""
    return text[:3] + "*" * max(len(text) - 5, 0) + text[-2:] if len(text) > 5 else "*" * len(text)
