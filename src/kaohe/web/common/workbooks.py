"""Lists as Excel workbooks: text stays text, so no cell of a person's making is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60
# In memory, and nothing that a person typed becomes a formula, a link or a number.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet: a bold head that stays, a filter, columns as wide as their text, printed on A4."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bg_color": "#F2F2F2", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        widths = [_width(head) for head in heads]
        sheet.write_row(0, 0, heads, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, last, column, value, day, moment)
                widths[column] = max(widths[column], _width(cell_text(value)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
        if heads:
            sheet.autofilter(0, 0, last, len(heads) - 1)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&F&R第 &P 页，共 &N 页")
    return out.getvalue()


def attachment(content: bytes, name: str, content_type: str = TYPE) -> HttpResponse:
    """A file for the browser to store, with the day in its Chinese name."""
    stem, _, suffix = name.rpartition(".")
    dated = f"{stem}-{timezone.localdate():%Y%m%d}.{suffix}"
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, dated) or "attachment"
    return response


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    day: xlsxwriter.format.Format,
    moment: xlsxwriter.format.Format,
) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否")
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif isinstance(value, Decimal):
        # Excel has no exact numbers; one that it would change stays text.
        exact = Decimal(repr(float(value))) == value
        (sheet.write_number if exact else sheet.write_string)(
            row, column, value if exact else str(value)
        )
    elif isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None)
        sheet.write_datetime(row, column, local, moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif value is not None and value != "":
        sheet.write_string(row, column, cell_text(value))


def cell_text(value: object) -> str:
    """A cell's text without the control signs that no workbook can hold; at most Excel's limit."""
    text = "" if value is None else str(value).encode("utf-8", "replace").decode()
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")[:32_767]


def _width(text: str) -> int:
    return max(
        (sum(2 if sign > "\u2e80" else 1 for sign in line) for line in text.split("\n")), default=0
    )
