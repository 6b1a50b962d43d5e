"""The log as a workbook, however long: rows go to a file as they come, and stay text."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from typing import IO, Final

import xlsxwriter
from django.utils import timezone

from kaohe.web.common.audit.words import action_label, kind_label, lines_of, verb_label
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.workbooks import OPTIONS, cell_text

# Excel has 1,048,576 rows; what is longer goes on on the next sheet.
ROWS_PER_SHEET: Final = 1_000_000
COLUMNS: Final = (
    ("序号", 9),
    ("时间", 20),
    ("操作人", 14),
    ("角色", 18),
    ("来源", 16),
    ("权限", 24),
    ("动作", 12),
    ("对象类型", 12),
    ("对象编号", 10),
    ("对象", 24),
    ("内容", 60),
    ("理由", 24),
    ("修改前（原文）", 30),
    ("修改后（原文）", 30),
    ("一次操作", 38),
    ("算法", 9),
    ("校验值", 68),
)


def audit_workbook(notes: Iterable[tuple[str, str]], entries: Iterable[AuditEntry]) -> IO[bytes]:
    """A temporary file with a sheet that says what this is, and the entries; open, at its start.

    One row at a time is in memory: a hundred thousand take as much of it as ten.
    """
    # The caller sends it, and it is gone when it is closed.
    out = tempfile.TemporaryFile()  # noqa: SIM115
    with xlsxwriter.Workbook(out, {**OPTIONS, "in_memory": False, "constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        about = book.add_worksheet("说明")
        about.set_column(0, 0, 16)
        about.set_column(1, 1, 90)
        for row, (label, text) in enumerate(notes):
            about.write_string(row, 0, label, bold)
            about.write_string(row, 1, cell_text(text))
        _write_entries(book, entries)
    out.seek(0)
    return out


def _write_entries(book: xlsxwriter.Workbook, entries: Iterable[AuditEntry]) -> None:
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet, row = _new_sheet(book, 1), 0
    for number, entry in enumerate(entries):
        if number and number % ROWS_PER_SHEET == 0:
            sheet, row = _new_sheet(book, number // ROWS_PER_SHEET + 1), 0
        row += 1
        sheet.write_number(row, 0, entry.seq)
        local = timezone.localtime(entry.at).replace(tzinfo=None)
        sheet.write_datetime(row, 1, local, moment)
        for column, text in enumerate(_texts(entry), start=2):
            if text:
                sheet.write_string(row, column, cell_text(text))


def _new_sheet(book: xlsxwriter.Workbook, number: int) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet("审计记录" if number == 1 else f"审计记录（{number}）")
    head = book.add_format({"bold": True, "bg_color": "#F2F2F2", "bottom": 1})
    sheet.freeze_panes(1, 0)
    for column, (label, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&F&R第 &P 页，共 &N 页")
    return sheet


def _texts(entry: AuditEntry) -> tuple[str, ...]:
    return (
        entry.actor_name,
        entry.actor_roles,
        entry.origin,
        action_label(entry.action),
        verb_label(entry.verb),
        kind_label(entry.object_type),
        entry.object_id,
        entry.object_label,
        "\n".join(lines_of(entry)),
        entry.reason,
        _json(entry.before),
        _json(entry.after),
        str(entry.request_id),
        entry.algorithm,
        entry.digest,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
