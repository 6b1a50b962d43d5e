"""The workbook to fill in: heads that stay, drop-downs, text cells, notes; empty or filled."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kaohe.web.roster.imports.columns import TEXTUAL, Column, Kind, SheetLayout
from kaohe.web.roster.imports.guide import guide
from kaohe.web.roster.imports.layout import CHOICES, GUIDE

Values = Mapping[str, object]
"""A row's values by the key of its column."""

_LAST_ROW = 50_000
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd"},
    "whole": {"num_format": "0"},
    "degrees": {"num_format": "0.000000"},
    "required": {"bold": True, "bg_color": "#FFE699", "border": 1, "num_format": "@"},
    "optional": {"bold": True, "bg_color": "#DDEBF7", "border": 1, "num_format": "@"},
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True},
    "wrap": {"text_wrap": True, "valign": "top"},
}
_BY_KIND = {
    Kind.DATE: "date",
    Kind.COUNT: "whole",
    Kind.YEAR: "whole",
    Kind.DEGREES: "degrees",
}
_WIDE = {Kind.TEXT: 18, Kind.ID_NUMBER: 22, Kind.PHONE: 16, Kind.DATE: 13, Kind.DEGREES: 13}
_LISTS = {
    Kind.UNIT: ("乡镇", "部门"),
    Kind.TOWNSHIP: ("乡镇",),
    Kind.DEPARTMENT: ("部门",),
}


def write_template(
    layouts: Sequence[SheetLayout],
    *,
    county: str,
    year: str,
    units: Mapping[str, Sequence[str]],
    rows: Mapping[str, Sequence[Values]],
) -> bytes:
    """The workbook as bytes.

    units: what the drop-downs offer, by sheet: `T001 云溪镇`. rows: by sheet what is filled in.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        formats = {name: book.add_format(options) for name, options in _FORMATS.items()}
        explained = book.add_worksheet(GUIDE)
        sheets = [book.add_worksheet(layout.name) for layout in layouts]
        lists = _Lists(book.add_worksheet(CHOICES))
        _write_guide(explained, guide(layouts, county, year), formats)
        for sheet, layout in zip(sheets, layouts, strict=True):
            _write_heads(sheet, layout, formats, lists, units)
            for number, values in enumerate(rows.get(layout.name, ()), start=1):
                _write_row(sheet, number, layout, values, formats)
        lists.sheet.hide()
        sheets[0].activate()
    return out.getvalue()


class _Lists:
    """Drop-down choices on a sheet of their own: Excel allows only 255 characters in place."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._ranges: dict[tuple[str, ...], str] = {}

    def add(self, texts: Sequence[str]) -> str:
        """The range that holds the choices, as a formula; the same ones are written once."""
        key = tuple(texts)
        if key not in self._ranges:
            place = len(self._ranges)
            for row, text in enumerate(texts):
                self.sheet.write_string(row, place, text)
            column = xl_col_to_name(place)
            self._ranges[key] = f"='{CHOICES}'!${column}$1:${column}${len(texts)}"
        return self._ranges[key]


def _write_guide(
    sheet: Any, lines: Sequence[tuple[str, Sequence[str]]], formats: dict[str, Any]
) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90, formats["wrap"])
    for row, (style, cells) in enumerate(lines):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, formats[style])


def _write_heads(
    sheet: Any,
    layout: SheetLayout,
    formats: dict[str, Any],
    lists: _Lists,
    units: Mapping[str, Sequence[str]],
) -> None:
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(layout.columns):
        cells = "text" if column.kind in TEXTUAL else _BY_KIND.get(column.kind, "text")
        width = max(_WIDE.get(column.kind, 12), 2 * len(column.head) + 4)
        sheet.set_column(place, place, width, formats[cells])
        style = formats["required" if column.required else "optional"]
        sheet.write_string(0, place, column.head, style)
        sheet.write_comment(
            0, place, _comment(column), {"x_scale": 2, "y_scale": 1.6, "color": "#E7E6E6"}
        )
        rule = _validation(column, lists, units)
        if rule is not None:
            sheet.data_validation(1, place, _LAST_ROW, place, rule)


def _comment(column: Column) -> str:
    lines = [
        "必填" if column.required else "可以不填",
        f"应填：{column.expected}",
        column.note,
        f"例：{column.example}" if column.example else "",
    ]
    return "\n".join(line for line in lines if line)


def _validation(
    column: Column, lists: _Lists, units: Mapping[str, Sequence[str]]
) -> dict[str, Any] | None:
    """Excel's check as it is typed; the import checks everything again.

    A list of units only warns: one that stands in the file and not on the site yet may be typed.
    """
    if column.kind is Kind.FLAG:
        rule: dict[str, Any] = {"validate": "list", "source": ["是", "否"]}
    elif column.choices and column.kind is not Kind.INDICATORS:
        rule = {"validate": "list", "source": lists.add([label for _, label in column.choices])}
    elif column.kind in _LISTS:
        offered = [text for name in _LISTS[column.kind] for text in units.get(name, ())]
        if not offered:
            return None
        rule = {"validate": "list", "source": lists.add(offered), "error_type": "warning"}
    elif column.kind is Kind.DATE:
        first, last = date(1950, 1, 1), date(2199, 12, 31)
        rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
    elif column.kind is Kind.COUNT:
        rule = {"validate": "integer", "criteria": ">=", "value": 0}
    else:
        return None
    return {**rule, "error_title": column.head, "error_message": f"应填：{column.expected}"}


def _write_row(
    sheet: Any, number: int, layout: SheetLayout, values: Values, formats: dict[str, Any]
) -> None:
    for place, column in enumerate(layout.columns):
        value = values.get(column.key)
        if value is None or value == "":
            continue
        if isinstance(value, bool):
            sheet.write_string(number, place, "是" if value else "否", formats["text"])
        elif isinstance(value, date):
            sheet.write_datetime(number, place, value, formats["date"])
        elif isinstance(value, (int, float, Decimal)):
            cells = formats[_BY_KIND.get(column.kind, "text")]
            sheet.write_number(number, place, value, cells)
        else:
            sheet.write_string(number, place, str(value), formats["text"])
