"""Ways to spoil a roster workbook: each takes the bytes of a good one and gives bad ones."""

import io
import re
import struct
import zipfile

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904


def cells(sheet, **values):
    """Put values into cells of a sheet."""

    def spoil(content):
        book = openpyxl.load_workbook(io.BytesIO(content))
        for place, value in values.items():
            book[sheet][place] = value
        return saved(book)

    return spoil


def book(change):
    """Change the workbook as openpyxl holds it."""

    def spoil(content):
        opened = openpyxl.load_workbook(io.BytesIO(content))
        change(opened)
        return saved(opened)

    return spoil


def saved(opened):
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def parts(change):
    """Write the archive anew; change gets each part's name and bytes, None leaves it out."""

    def spoil(content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            old = {info.filename: archive.read(info) for info in archive.infolist()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in old.items():
                if (new := change(name, data)) is not None:
                    archive.writestr(name, new)
        return out.getvalue()

    return spoil


def extra(name, data):
    """Add a part to the archive."""

    def spoil(content):
        out = io.BytesIO(content)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)
        return out.getvalue()

    return spoil


def xml(part, pattern, replacement):
    """Replace in the XML of the parts whose name begins so."""
    return parts(
        lambda name, data: (
            re.sub(pattern, replacement, data, flags=re.S) if name.startswith(part) else data
        )
    )


def as_1904(opened):
    opened.epoch = CALENDAR_MAC_1904


def lying_about_size(content):
    size = 64 * 1024 * 1024
    data = bytearray(extra("xl/media/image1.png", bytes(size))(content))
    return bytes(data.replace(struct.pack("<I", size), struct.pack("<I", 1000)))


def shared_bomb(content):
    """One text of a megabyte that 100,000 cells share."""
    long = (
        b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>"
        + b"x" * 1_000_000
        + b"</t></si></sst>"
    )
    rows = b"".join(
        b'<row r="%d">' % n
        + b"".join(b'<c r="%c%d" t="s"><v>0</v></c>' % (65 + k, n) for k in range(10))
        + b"</row>"
        for n in range(1, 10_001)
    )
    return sheet_of(rows, long)(content)


def sheet_of(rows, shared=None):
    """All sheets become these rows of XML."""

    def change(name, data):
        if name.lower() == "xl/sharedstrings.xml" and shared is not None:
            return shared
        if name.startswith("xl/worksheets/sheet"):
            return (
                b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
                + rows
                + b"</sheetData></worksheet>"
            )
        return data

    return parts(change)


def encrypted_flag(content):
    data = bytearray(content)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


def twice(content):
    """Two parts of one name."""
    import warnings

    out = io.BytesIO(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("xl/workbook.xml", b"<x/>")
    return out.getvalue()


def gbk_csv(content):
    return "编号,姓名\r\nS001,张三\r\n".encode("gbk") * 200


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
