"""Good files, made here: pictures, PDF and Office files as small as they can be."""

from __future__ import annotations

import io
import struct
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

OPEN = "application/vnd.openxmlformats-officedocument"
WORD = f"{OPEN}.wordprocessingml.document"


def upload(content: bytes, name: str = "现场.jpg", content_type: str = "image/jpeg"):
    return SimpleUploadedFile(name, content, content_type)


def image(form="JPEG", size=(80, 60), mode="RGB", colour=None, **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (200, 60, 40) if mode == "RGB" and colour is None else colour or 0).save(
        out, form, **options
    )
    return out.getvalue()


def exif(time="2016:05:10 09:30:00", place=(31.2, 105.1), offset=None, orientation=None) -> bytes:
    """An EXIF block; place is latitude, longitude in degrees, or the raw GPS table itself."""
    tags = Image.Exif()
    if orientation is not None:
        tags[0x0112] = orientation
    inner = tags.get_ifd(0x8769)
    if time is not None:
        inner[0x9003] = time
    if offset is not None:
        inner[0x9011] = offset
    if isinstance(place, dict):
        tags.get_ifd(0x8825).update(place)
    elif place is not None:
        tags.get_ifd(0x8825).update(gps(*place))
    return tags.tobytes()


def gps(latitude: float, longitude: float) -> dict[int, object]:
    return {
        1: "N" if latitude >= 0 else "S",
        2: _parts(abs(latitude)),
        3: "E" if longitude >= 0 else "W",
        4: _parts(abs(longitude)),
    }


def _parts(degrees: float) -> tuple[IFDRational, ...]:
    whole = int(degrees)
    minutes = (degrees - whole) * 60
    seconds = round((minutes - int(minutes)) * 60 * 1000)
    return IFDRational(whole, 1), IFDRational(int(minutes), 1), IFDRational(seconds, 1000)


def photo(**told) -> bytes:
    return image(exif=exif(**told))


def pdf(body: bytes = b"1 0 obj <<>> endobj\n") -> bytes:
    return b"%PDF-1.7\n" + body + b"trailer <<>>\nstartxref\n9\n%%EOF\n"


def office(
    part="word/document.xml",
    media_type=WORD,
    *,
    types: bytes | None = None,
    more: dict[str, bytes] | None = None,
    stored: bool = False,
) -> bytes:
    """A .docx, or another one by its main part and type; `more` are further parts."""
    if types is None:
        types = (
            f'<Types><Override PartName="/{part}" ContentType="{media_type}.main+xml"/></Types>'
        ).encode()
    parts = {"[Content_Types].xml": types, "_rels/.rels": b"<Relationships/>", part: b"<document/>"}
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in (parts | (more or {})).items():
            archive.writestr(name, content)
    return out.getvalue()


def old_office(*streams: str, size: int = 4096) -> bytes:
    """An Office file of before 2007: a head, and a list of entries of 128 bytes."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0"
    entries = b"".join(map(_entry, ("Root Entry", *streams)))
    return (head.ljust(512, b"\0") + entries).ljust(size, b"\0")


def _entry(name: str) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (text.ljust(64, b"\0") + struct.pack("<HB", len(text), 2)).ljust(128, b"\0")


def jpeg_frame(width: int, height: int) -> bytes:
    """A JPEG that says it has that size, and holds next to nothing."""
    content = image()
    at = content.index(b"\xff\xc0")
    return content[: at + 5] + struct.pack(">HH", height, width) + content[at + 9 :]
