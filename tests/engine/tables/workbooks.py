"""Workbooks of a county, as Excel would save them, and ways to break their files."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl
from tests.engine.tables.cast import SCHEME, county

from kaohe.engine.tables import tables_of

NUMBERS = ("hundredths", "count")


def book(tables=None, *, typed=True):
    """The county as a workbook; ``typed`` cells are numbers and dates, as people leave them."""
    result = openpyxl.Workbook()
    result.remove(result.active)
    known = tables_of(SCHEME)
    for name, rows in (tables or county()).items():
        sheet = result.create_sheet(name)
        table = known.get(name)
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row, start=1):
                kind = table.column(rows[0][place - 1]).type if table and number > 1 else "text"
                sheet.cell(number, place).value = _value(text, kind if typed else "text")
    return result


def _value(text, kind):
    if text == "":
        return None
    if kind in NUMBERS:
        return float(text)
    return dt.date.fromisoformat(text) if kind == "date" else text


def saved(workbook, folder: Path, name="data.xlsx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    workbook.save(folder / name)
    return folder / name


def repacked(path: Path, change) -> Path:
    """Write the archive anew; ``change`` gets each part's name and bytes and returns the bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            new = change(name, data)
            if new is not None:
                archive.writestr(name, new)
    return path


def with_part(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def lying_about_size(path: Path) -> Path:
    """A part unpacks to 64 MB but declares 1000 bytes, in both of its headers."""
    with_part(path, "xl/media/image1.png", b"\0" * (64 * 1024 * 1024))
    data = bytearray(path.read_bytes())
    size = (64 * 1024 * 1024).to_bytes(4, "little")
    assert data.count(size) >= 2
    path.write_bytes(bytes(data.replace(size, (1000).to_bytes(4, "little"))))
    return path


def sheet_xml(path: Path, pattern: bytes, replacement: bytes) -> Path:
    """Change the XML of every sheet."""

    def change(name, data):
        return (
            re.sub(pattern, replacement, data) if name.startswith("xl/worksheets/sheet") else data
        )

    return repacked(path, change)


def as_bytes(workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
