"""Hostile and odd files by a table: a name, the bytes, what becomes of them.

`image`, `pdf`, `office`: taken as that. `refused`: not taken. `either`: broken at random; whatever
becomes of them, nothing breaks.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from tests.web.fieldwork.evidence import samples
from tests.web.fieldwork.evidence.samples import OPEN, office, old_office, pdf

SCRIPT = b"<script>alert(document.cookie)</script>"
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
PHP = b"<?php system($_GET['c']); ?>"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Case:
    """make gives the bytes when they are wanted: some are large."""

    name: str
    make: Callable[[], bytes]
    becomes: str
    file_name: str = "现场.jpg"
    content_type: str = "image/jpeg"


def cases() -> list[Case]:
    return [
        *_pictures(),
        *_lies(),
        *_other_sorts(),
        *_cut(),
        *_bombs(),
        *_packed(),
        *_old(),
        *_pdf(),
    ]


# Pictures that carry something besides; it is gone from what is stored.


def _pictures() -> Iterator[Case]:
    jpeg, png, webp = samples.image(), samples.image("PNG"), samples.image("WEBP")
    for what, tail in {
        "html": HTML,
        "script": SCRIPT,
        "php": PHP,
        "svg": SVG,
        "a zip": office(),
        "a program": b"MZ\x90\0" + b"\0" * 500,
        "a pdf": pdf(),
    }.items():
        for form, content in {"JPEG": jpeg, "PNG": png}.items():
            yield _case(f"{form} followed by {what}", content + tail, "image")
    yield _case("JPEG with HTML as comment", _segment(jpeg, 0xFE, HTML), "image")
    yield _case(
        "JPEG with script as XMP",
        _segment(jpeg, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SCRIPT),
        "image",
    )
    yield _case("JPEG with PHP in a segment", _segment(jpeg, 0xED, PHP), "image")
    yield _case("JPEG with sixty comments", _many(jpeg, 60), "image")
    yield _case("JPEG that is JavaScript too", _segment(jpeg, 0xFE, b"*/=alert(1);/*"), "image")
    tags = Image.Exif()
    tags[0x010E] = SCRIPT.decode()
    tags[0x8298] = PHP.decode()
    yield _case("JPEG with script as description", samples.image(exif=tags.tobytes()), "image")
    yield _case("WebP with script as XMP", samples.image("WEBP", xmp=SCRIPT), "image")
    yield _case("WebP with EXIF", samples.image("WEBP", exif=samples.exif()), "image")
    for name, mark in {"tEXt": "plain", "zTXt": "zipped", "iTXt": "unicode"}.items():
        info = PngImagePlugin.PngInfo()
        if mark == "unicode":
            info.add_itxt("Comment", SCRIPT.decode())
        else:
            info.add_text("Comment", SCRIPT.decode(), zip=mark == "zipped")
        yield _case(f"PNG with script in {name}", samples.image("PNG", pnginfo=info), "image")
    palette = Image.new("P", (40, 30))
    palette.putpalette((SCRIPT * 20)[:768])
    yield _case("PNG with script as palette", _saved(palette, "PNG"), "image")
    frames = [Image.new("RGB", (64, 64), (shade, 0, 0)) for shade in range(0, 250, 5)]
    yield _case(
        "PNG of fifty frames",
        _saved(frames[0], "PNG", save_all=True, append_images=frames[1:]),
        "image",
    )
    yield _case(
        "WebP of fifty frames",
        _saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]),
        "image",
    )
    for mode in ("1", "L", "LA", "P", "RGBA", "I;16"):
        yield _case(f"PNG in {mode}", samples.image("PNG", mode=mode), "image")
    for mode in ("L", "CMYK"):
        yield _case(f"JPEG in {mode}", samples.image(mode=mode), "image")
    yield _case("JPEG with a broken profile", samples.image(icc_profile=SCRIPT * 9), "image")
    yield _case("progressive JPEG", samples.image(progressive=True), "image")
    yield _case("JPEG of one point", samples.image(size=(1, 1)), "image")
    yield _case("JPEG 1 by 60000", samples.image(size=(1, 60000)), "image")
    yield _case("PNG 30000 by 1", samples.image("PNG", size=(30000, 1)), "image")
    yield _case(
        "WebP told to be longer than it is", webp[:4] + b"\xff\xff\xff\x7f" + webp[8:], "either"
    )
    for time in ABSURD_TIMES:
        yield _case(f"EXIF time {time!r}", samples.photo(time=time, place=None), "image")
    for name, place in ABSURD_PLACES.items():
        yield _case(f"EXIF place {name}", samples.photo(place=place), "image")
    over_zero = samples.exif().replace(struct.pack("<II", 31, 1), struct.pack("<II", 31, 0))
    yield _case("EXIF place over zero", samples.image(exif=over_zero), "image")
    yield _case("EXIF cut off", samples.image(exif=samples.exif()[:40]), "image")
    yield _case(
        "EXIF of noise", samples.image(exif=b"Exif\0\0" + random.Random(1).randbytes(900)), "image"
    )
    yield _case("EXIF that points to itself", samples.image(exif=_looping_exif()), "image")
    for orientation in (0, 3, 6, 8, 9, 255):
        yield _case(
            f"EXIF orientation {orientation}", samples.photo(orientation=orientation), "image"
        )


ABSURD_TIMES = (
    "0000:00:00 00:00:00",
    "9999:12:31 23:59:59",
    "1900:01:01 00:00:00",
    "2016:13:45 99:99:99",
    "2016-05-10T09:30:00Z",
    "",
    "    :  :     :  :  ",
    "现在",
    "<script>1</script>",
    "2016:02:30 10:00:00",
    "-016:05:10 09:30:00",
    "A" * 5000,
)
ABSURD_PLACES: dict[str, dict[int, object]] = {
    "beyond the pole": samples.gps(91.5, 105.1),
    "beyond the date line": samples.gps(31.2, 181.0),
    "far out": samples.gps(31.2, 99999.0),
    "nowhere": samples.gps(0.0, 0.0),
    "without sides": {2: samples.gps(31.2, 105.1)[2], 4: samples.gps(31.2, 105.1)[4]},
    "with wrong sides": samples.gps(31.2, 105.1) | {1: "Q", 3: "北"},
    "with one number": samples.gps(31.2, 105.1) | {2: 31.2},
    "of ninety minutes": samples.gps(31.2, 105.1)
    | {4: (IFDRational(105), IFDRational(90), IFDRational(0))},
}


# The name and the sort that the browser tells are lies.


def _lies() -> Iterator[Case]:
    jpeg, script = samples.image(), HTML
    for name, sort in (
        ("x.html", "text/html"),
        ("x.svg", "image/svg+xml"),
        ("x.php", "application/x-php"),
        ("x.exe", "application/x-msdownload"),
        ("x.pdf", "application/pdf"),
        ("x.js", "text/javascript"),
        ("x", ""),
        ("x.jpg.html", "multipart/mixed"),
    ):
        yield Case(f"JPEG called {name}", lambda: jpeg, "image", name, sort)
    for name, sort in (
        ("x.jpg", "image/jpeg"),
        ("x.png", "image/png"),
        ("x.pdf", "application/pdf"),
        ("x.docx", samples.WORD),
        ("x.xls", "application/vnd.ms-excel"),
    ):
        yield Case(f"HTML called {name}", lambda: script, "refused", name, sort)
        yield Case(f"SVG called {name}", lambda: SVG, "refused", name, sort)
        yield Case(f"PHP called {name}", lambda: PHP, "refused", name, sort)


def _other_sorts() -> Iterator[Case]:
    starts: dict[str, bytes] = {
        "empty": b"",
        "one byte": b"\xff",
        "only a mark": b"\xff\xd8\xff",
        "zeros": b"\0" * 4096,
        "spaces": b" " * 4096,
        "text": "会议记录".encode(),
        "noise": random.Random(7).randbytes(4096),
        "SVG with a declaration": b'<?xml version="1.0"?>' + SVG,
        "SVG after a byte order mark": b"\xef\xbb\xbf" + SVG,
        "SVG after blank lines": b"\r\n\t  " + SVG,
        "SVG after a comment": b"<!-- a -->" + SVG,
        "SVG in UTF-16": SVG.decode().encode("utf-16"),
        "SVG in UTF-16 without mark": SVG.decode().encode("utf-16-be"),
        "SVG packed": gzip.compress(SVG),
        "SVG with entities": b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        "HTML in capitals": HTML.upper(),
        "HTML after zeros": b"\0\0" + HTML,
        "HTML page saved whole": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"
        + HTML,
        "JavaScript": b"alert(document.cookie)",
        "PHP": PHP,
        "shell": b"#!/bin/sh\nrm -rf /\n",
        "batch": b"@echo off\r\nformat c:\r\n",
        "GIF": _saved(Image.new("P", (9, 9)), "GIF"),
        "GIF that is JavaScript": b"GIF89a/*\0\0\0\0*/=1;alert(1);//",
        "GIF followed by HTML": _saved(Image.new("P", (9, 9)), "GIF") + HTML,
        "BMP": samples.image("BMP"),
        "TIFF": samples.image("TIFF"),
        "TIFF in big-endian": b"MM\0*\0\0\0\x08" + b"\0" * 40,
        "TIFF of 64 bits": b"II+\0\x08\0\0\0" + b"\0" * 40,
        "ICO": samples.image("ICO", size=(16, 16)),
        "cursor": b"\0\0\2\0\1\0" + b"\0" * 40,
        "JPEG 2000": samples.image("JPEG2000"),
        "AVIF": samples.image("AVIF"),
        "PSD": b"8BPS\0\1" + b"\0" * 40,
        "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n" + b"0 " * 99,
        "WMF": b"\xd7\xcd\xc6\x9a" + b"\0" * 99,
        "TGA": samples.image("TGA"),
        "PPM": b"P6 9999999 9999999 255\n",
        "XPM": b"/* XPM */ static char *x[] = {",
        "QOI": b"qoif\0\0\xff\xff\0\0\xff\xff\3\0",
        "MP4": b"\0\0\0\x18ftypisom" + b"\0" * 99,
        "MOV": b"\0\0\0\x14ftypqt  " + b"\0" * 99,
        "WebM": b"\x1aE\xdf\xa3" + b"\0" * 99,
        "AVI": b"RIFF\0\1\0\0AVI LIST" + b"\0" * 99,
        "WAV": b"RIFF\0\1\0\0WAVEfmt " + b"\0" * 99,
        "MP3": b"ID3\4\0\0" + b"\0" * 99,
        "AMR": b"#!AMR\n" + b"\0" * 99,
        "Windows program": b"MZ\x90\0" + b"\0" * 999,
        "Linux program": b"\x7fELF\2\1\1" + b"\0" * 999,
        "Mac program": b"\xcf\xfa\xed\xfe" + b"\0" * 999,
        "Java class": b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0" * 99,
        "WebAssembly": b"\0asm\1\0\0\0",
        "shortcut": b"L\0\0\0\1\x14\2\0" + b"\0" * 99,
        "help file": b"ITSF\3\0\0\0" + b"\0" * 99,
        "RAR": b"Rar!\x1a\7\1\0" + b"\0" * 99,
        "7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 99,
        "gzip": gzip.compress(samples.image()),
        "bzip2": b"BZh91AY&SY" + b"\0" * 99,
        "xz": b"\xfd7zXZ\0" + b"\0" * 99,
        "empty zip": b"PK\5\6" + b"\0" * 18,
        "RTF with a link": rb"{\rtf1{\field{\*\fldinst DDEAUTO c:\\cmd.exe}}}",
        "e-mail": b"From: a@b\r\nSubject: x\r\n\r\n" + HTML,
        "SQLite": b"SQLite format 3\0" + b"\0" * 99,
        "font": b"wOF2\0\1\0\0" + b"\0" * 99,
    }
    for brand in (b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"):
        starts[f"HEIC {brand.decode()}"] = b"\0\0\0\x18ftyp" + brand + b"\0" * 99
    for name, content in starts.items():
        yield _case(name, content, "refused")


# Cut off, and broken at random.


def _cut() -> Iterator[Case]:
    noise = Image.frombytes("RGB", (120, 90), random.Random(3).randbytes(120 * 90 * 3))
    whole = {
        "JPEG": _saved(noise, "JPEG"),
        "progressive JPEG": _saved(noise, "JPEG", progressive=True),
        "PNG": _saved(noise, "PNG"),
        "WebP": _saved(noise, "WEBP"),
        "docx": office(more={"word/styles.xml": random.Random(4).randbytes(3000)}),
        "PDF": pdf(random.Random(5).randbytes(4000)),
    }
    for form, content in whole.items():
        for part in (1, 3, 5, 7, 9):
            yield _case(f"{form} cut at {part}0 %", content[: len(content) * part // 10], "refused")
    for form, content in whole.items():
        for seed in range(8):
            yield _case(f"{form} with noise, number {seed}", _noisy(content, seed), "either")


def _bombs() -> Iterator[Case]:
    yield _case("PNG told to be 50000 by 50000", _png_frame(50000, 50000), "refused")
    yield _case("PNG told to be 2147483647 wide", _png_frame(2**31 - 1, 1), "refused")
    yield _case("PNG of no size", _png_frame(0, 0), "refused")
    yield _case("PNG just above the limit", _png_frame(6000, 5001), "refused")
    yield _case("JPEG told to be 65500 by 65500", samples.jpeg_frame(65500, 65500), "refused")
    yield _case("JPEG told to be 9000 by 8000", samples.jpeg_frame(9000, 8000), "refused")
    yield _case("JPEG of no size", samples.jpeg_frame(0, 0), "refused")
    yield Case("WebP of 16383 by 16383, one colour", lambda: _webp_canvas(16384, 16384), "refused")
    yield Case(
        "PNG of 256 MB of text",
        lambda: _png_with(b"zTXt", b"a\0\0" + _deflated_zeros(256)),
        "either",
    )
    yield Case(
        "PNG of 256 MB of profile",
        lambda: _png_with(b"iCCP", b"a\0\0" + _deflated_zeros(256)),
        "either",
    )
    yield Case(
        "PNG with more points than it tells",
        lambda: _png_frame(8, 8, _deflated_zeros(256)),
        "either",
    )
    yield Case("PNG of 400 frames", _many_frames, "image")
    yield Case("JPEG above 15 MB", lambda: samples.image() + b"\0" * (15 * MEGABYTE), "refused")
    yield Case("PDF above 20 MB", lambda: pdf(b"\0" * 20 * MEGABYTE), "refused", "x.pdf")


def _packed() -> Iterator[Case]:
    excel, slides = f"{OPEN}.spreadsheetml.sheet", f"{OPEN}.presentationml.presentation"
    good = {
        "docx": office(),
        "xlsx": office("xl/workbook.xml", excel),
        "pptx": office("ppt/presentation.xml", slides),
        "docx, parts not packed": office(stored=True),
        "docx from a template at home": office(more=_template("file:///C:/Users/a/Normal.dotx")),
    }
    for name, content in good.items():
        yield _case(name, content, "office", f"x.{name[:4]}")
    macro = b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"'
    parts = {
        "macros": {"word/vbaProject.bin": b"\0" * 99},
        "macros in capitals": {"word/VBAPROJECT.BIN": b"\0" * 99},
        "macro data": {"word/vbaData.xml": b"<a/>"},
        "old macro sheets": {"xl/macrosheets/sheet1.xml": b"<a/>"},
        "ActiveX": {"word/activeX/activeX1.bin": b"\0" * 99},
        "a ribbon of its own": {"customUI/customUI14.xml": b"<a/>"},
        "a template from the net": _template("https://evil.example/a.dotm"),
        "a template from a share": _template("\\\\evil\\a.dotm"),
        "a template from a share by address": _template("file://evil.example/a.dotm"),
        "entities": {"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'},
        "entities in UTF-16": {"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")},
    }
    for name, more in parts.items():
        yield _case(f"docx with {name}", office(more=more), "refused", "x.docx")
    types = {
        "docm called docx": b"<Types><Override " + macro + b"/></Types>",
        "docm in UTF-16": ("<Types><Override " + macro.decode() + "/></Types>").encode("utf-16"),
        "dotx": b'<Types ContentType="' + OPEN.encode() + b'.wordprocessingml.template.main+xml"/>',
        "docx without types": b"",
    }
    for name, text in types.items():
        yield _case(name, office(types=text), "refused", "x.docx")
    yield _case(
        "xlsm called xlsx",
        office("xl/workbook.xml", excel, more={"xl/vbaProject.bin": b"a"}),
        "refused",
    )
    yield _case(
        "pptm called pptx",
        office("ppt/presentation.xml", slides, more={"ppt/vbaProject.bin": b"a"}),
        "refused",
    )
    yield _case("plain zip", _zip({"a.txt": b"a"}), "refused")
    yield _case("zip of a program", _zip({"a.exe": b"MZ"}), "refused", "x.docx")
    yield _case(
        "Java archive", _zip({"META-INF/MANIFEST.MF": b"a", "a.class": b"\xca\xfe"}), "refused"
    )
    yield _case(
        "Android program", _zip({"AndroidManifest.xml": b"a", "classes.dex": b"dex"}), "refused"
    )
    yield _case(
        "OpenDocument", _zip({"mimetype": b"application/vnd.oasis.opendocument.text"}), "refused"
    )
    yield _case("docx followed by HTML", office() + HTML, "refused", "x.docx")
    yield _case("HTML followed by docx", HTML + office(), "refused", "x.docx")
    yield _case("docx with a comment", _commented(office()), "refused", "x.docx")
    yield _case("docx with a password", _flagged(office()), "refused", "x.docx")
    yield _case("docx with a part twice", _doubled(office()), "refused", "x.docx")
    yield _case(
        "docx that lies about a size",
        _lying(office(more={"word/a.xml": b"a" * 9000})),
        "refused",
        "x.docx",
    )
    yield Case(
        "docx of 400 MB",
        lambda: office(more={"word/a.xml": b"\0" * 400 * MEGABYTE}),
        "refused",
        "x.docx",
    )
    yield Case(
        "docx of many dense parts",
        lambda: office(more={f"word/{n}.xml": b"\0" * 4 * MEGABYTE for n in range(60)}),
        "refused",
        "x.docx",
    )
    yield Case(
        "docx of 60000 parts",
        lambda: office(more={f"word/{n}.xml": b"" for n in range(60000)}),
        "refused",
        "x.docx",
    )


def _old() -> Iterator[Case]:
    good = {
        "doc": ("WordDocument", "1Table"),
        "xls": ("Workbook",),
        "older xls": ("Book",),
        "wps": ("WordDocument",),
    }
    for name, streams in good.items():
        yield _case(name, old_office(*streams), "office", f"x.{name[-3:]}")
    bad = {
        "doc with macros": ("WordDocument", "Macros", "VBA", "_VBA_PROJECT"),
        "doc with macros in small letters": ("WordDocument", "_vba_project"),
        "xls with macros": ("Workbook", "_VBA_PROJECT_CUR"),
        "docx with a password": ("EncryptionInfo", "EncryptedPackage"),
        "ppt": ("PowerPoint Document",),
        "installer": ("SummaryInformation", "Property"),
        "Outlook mail": ("__properties_version1.0",),
    }
    for name, streams in bad.items():
        yield _case(f"old {name}", old_office(*streams), "refused", "x.doc")
    yield _case("old, only its start", old_office("WordDocument")[:520], "refused", "x.doc")
    yield _case(
        "old, its name in the text only",
        old_office(size=4096)[:-64] + "WordDocument".encode("utf-16-le"),
        "refused",
    )


def _pdf() -> Iterator[Case]:
    yield _case(
        "PDF with script", pdf(b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"), "pdf", "x.pdf"
    )
    yield _case("PDF that launches a program", pdf(b"<</S/Launch/F(cmd.exe)>>"), "pdf", "x.pdf")
    yield _case("PDF with HTML inside", pdf(HTML), "pdf", "x.pdf")
    yield _case(
        "PDF with a file inside", pdf(b"<</EmbeddedFile>>" + samples.image()), "pdf", "x.pdf"
    )
    yield _case("PDF called a photo", pdf(), "pdf")
    yield _case("PDF after HTML", HTML + pdf(), "refused", "x.pdf")
    yield _case("PDF after one byte", b" " + pdf(), "refused", "x.pdf")
    yield _case("PDF that is a zip too", pdf() + _zip({"a": b"%%EOF"}), "refused", "x.pdf")
    yield _case("PDF without an end", b"%PDF-1.7\n" + b"0 " * 3000, "refused", "x.pdf")
    yield _case("only the start of a PDF", b"%PDF-", "refused", "x.pdf")


# How they are made


def _case(name: str, content: bytes, becomes: str, file_name: str = "现场.jpg") -> Case:
    return Case(name, lambda: content, becomes, file_name)


def _saved(image: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    return (
        jpeg[:2]
        + b"\xff"
        + bytes([marker])
        + struct.pack(">H", len(content) + 2)
        + content
        + jpeg[2:]
    )


def _many(jpeg: bytes, number: int) -> bytes:
    for _ in range(number):
        jpeg = _segment(jpeg, 0xFE, SCRIPT * 1000)
    return jpeg


def _looping_exif() -> bytes:
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def _noisy(content: bytes, seed: int) -> bytes:
    chance, out = random.Random(seed), bytearray(content)
    for _ in range(1 + len(out) // 300):
        out[chance.randrange(8, len(out))] = chance.randrange(256)
    return bytes(out)


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def _png_frame(width: int, height: int, data: bytes | None = None) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = _chunk(b"IDAT", zlib.compress(b"\0" * 99) if data is None else data)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + body + _chunk(b"IEND", b"")


def _png_with(name: bytes, content: bytes) -> bytes:
    png = samples.image("PNG")
    return png[:33] + _chunk(name, content) + png[33:]


def _deflated_zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"\0" * MEGABYTE) for _ in range(megabytes)) + packer.flush()


def _webp_canvas(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    lossless = samples.image("WEBP", lossless=True)[12:]
    body = b"WEBP" + b"VP8X\x0a\0\0\0\0\0\0\0" + size + lossless
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _many_frames() -> bytes:
    frames = [Image.new("RGB", (400, 400), (n % 256, n // 256, 0)) for n in range(400)]
    return _saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _template(target: str) -> dict[str, bytes]:
    relation = (
        f'<Relationship Type="{OPEN}/attachedTemplate" Target="{target}" TargetMode="External"/>'
    )
    return {"word/_rels/settings.xml.rels": f"<Relationships>{relation}</Relationships>".encode()}


def _commented(content: bytes) -> bytes:
    return content[:-2] + struct.pack("<H", len(HTML)) + HTML


def _flagged(content: bytes) -> bytes:
    """Each part told to be encrypted."""
    out = bytearray(content)
    at = out.find(b"PK\1\2")
    while at >= 0:
        out[at + 8] |= 1
        at = out.find(b"PK\1\2", at + 4)
    return bytes(out)


def _doubled(content: bytes) -> bytes:
    return content.replace(b"_rels/.rels", b"word/d.xml\0").replace(
        b"word/document.xml", b"word/d.xml\0\0\0\0\0\0\0"
    )


def _lying(content: bytes) -> bytes:
    return content.replace(struct.pack("<I", 9000), struct.pack("<I", 90))
