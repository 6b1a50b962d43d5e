"""An Excel workbook to fill in: the tables of a scheme with drop-downs, notes and examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from kaohe.engine.tables.examples import example_rows
from kaohe.engine.tables.guide import guide, reference
from kaohe.engine.tables.spec import Column, Table, tables_of
from kaohe.scheme.model import Scheme

_LAST_ROW = 1_048_575
_WIDE = {"note": 30, "text": 18, "choice": 18, "date": 13, "id": 14}
_FORMATS: dict[str, dict[str, Any]] = {
    # Text, so that Excel makes no number of 1.10, no date of 2.1 and keeps an id's leading zeros.
    "text": {"num_format": "@"},
    "number": {"num_format": "0.##"},
    "count": {"num_format": "0"},
    "date": {"num_format": "yyyy-mm-dd"},
    "required": {"bold": True, "bg_color": "#FFE699", "border": 1},
    "optional": {"bold": True, "bg_color": "#DDEBF7", "border": 1},
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True},
    "example": {"italic": True, "font_color": "#7F7F7F", "num_format": "@"},
    "wrap": {"text_wrap": True, "valign": "top"},
}
_BY_TYPE = {"hundredths": "number", "count": "count", "date": "date"}


def write_template(scheme: Scheme, path: Path | str) -> None:
    """Write the workbook for ``scheme`` to ``path`` (.xlsx); the same scheme gives the same bytes.

    First 说明 (how to fill in), then a sheet for each table under its Chinese label, then 示例
    (examples), 对照 (codes and names) and the hidden 选项 behind the drop-downs. Reading passes
    over the four that are not tables.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": scheme.title, "created": dt.datetime(2000, 1, 1)})
        formats = {name: book.add_format(options) for name, options in _FORMATS.items()}
        tables = tables_of(scheme)
        _write_guide(book.add_worksheet("说明"), scheme, formats)
        sheets = {name: book.add_worksheet(table.label) for name, table in tables.items()}
        _write_examples(book.add_worksheet("示例"), scheme, tables, formats)
        _write_reference(book.add_worksheet("对照"), scheme, formats)
        lists = _Lists(book.add_worksheet("选项"))
        for name, table in tables.items():
            _write_table(sheets[name], table, scheme, formats, lists)
        lists.sheet.hide()


class _Lists:
    """Drop-down choices on a sheet of their own: Excel allows only 255 characters in place."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.columns = 0

    def add(self, texts: Sequence[str]) -> str:
        """Write the choices below each other; the range that holds them, as a formula."""
        place = self.columns
        self.columns += 1
        for row, text in enumerate(texts):
            self.sheet.write_string(row, place, text)
        column = xlsxwriter.utility.xl_col_to_name(place)
        return f"='选项'!${column}$1:${column}${len(texts)}"


def _write_table(
    sheet: Any, table: Table, scheme: Scheme, formats: dict[str, Any], lists: _Lists
) -> None:
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        cells = formats[_BY_TYPE.get(column.type, "text")]
        width = max(_WIDE.get(column.type, 10), 2 * len(column.label) + 4)
        sheet.set_column(place, place, width, cells)
        header = formats["required" if column.required else "optional"]
        sheet.write_string(0, place, column.label, header)
        sheet.write_comment(0, place, _comment(column), {"x_scale": 2, "y_scale": 1.5})
        rule = _validation(column, table, scheme, lists)
        if rule:
            sheet.data_validation(1, place, _LAST_ROW, place, rule)


def _comment(column: Column) -> str:
    lines = ["必填" if column.required else "可以空着", *([column.note] if column.note else [])]
    if column.choices and len(column.choices) <= 12:
        lines.append("可填：" + "、".join(dict.fromkeys(c.label for c in column.choices)))
    return "\n".join(lines)


def _validation(
    column: Column, table: Table, scheme: Scheme, lists: _Lists
) -> dict[str, Any] | None:
    """Excel's check of a column as it is typed; reading checks everything again."""
    choices = _choices(column, scheme)
    if choices:
        rule: dict[str, Any] = {"validate": "list", "source": lists.add(choices)}
        message = "请从下拉框里选"
    elif column.type == "hundredths":
        most = _most(column, table, scheme)
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": most}
        message = f"应是 0 到 {most} 的数，最多两位小数"
    elif column.type == "count":
        most = scheme.limits.ballots
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": most}
        message = f"应是 0 到 {most} 的整数"
    elif column.type == "date":
        first, last = dt.date(1950, 1, 1), dt.date(2199, 12, 31)
        rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        message = "应是日期，如 2016-01-31"
    else:
        return None
    return {**rule, "error_title": column.label, "error_message": message}


def _choices(column: Column, scheme: Scheme) -> list[str]:
    if column.type == "flag":
        return ["是", "否"]
    if column.type == "indicator":
        leaves = (leaf.code for kind in scheme.kinds for leaf in kind.leaves())
        return list(dict.fromkeys(leaves))
    return list(dict.fromkeys(choice.label for choice in column.choices))


def _most(column: Column, table: Table, scheme: Scheme) -> int:
    if table.name == "adjustments":
        return scheme.limits.event_points
    if table.name == "scores":
        points = (leaf.points for kind in scheme.kinds for leaf in kind.leaves())
        return int(max(points).to_integral_value(rounding="ROUND_CEILING"))
    if table.name == "facts":
        return int(max(fact.maximum for fact in scheme.facts))
    return scheme.limits.number


def _write_guide(sheet: Any, scheme: Scheme, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 100)
    for row, (style, text) in enumerate(guide(scheme)):
        sheet.write_string(row, 0, text, formats[style])


def _write_examples(
    sheet: Any, scheme: Scheme, tables: dict[str, Table], formats: dict[str, Any]
) -> None:
    sheet.set_column(0, 20, 16)
    row = 0
    for table in tables.values():
        sheet.write_string(row, 0, f"「{table.label}」表", formats["heading"])
        for place, column in enumerate(table.columns):
            sheet.write_string(row + 1, place, column.label, formats["optional"])
        row += 2
        for example in example_rows(scheme, table):
            for place, column in enumerate(table.columns):
                sheet.write_string(row, place, example.get(column.code, ""), formats["example"])
            row += 1
        row += 1


def _write_reference(sheet: Any, scheme: Scheme, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 2, 18)
    sheet.set_column(3, 3, 60, formats["wrap"])
    for row, cells in enumerate(reference(scheme)):
        style = formats["heading"] if row == 0 else formats["text"]
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, style)
