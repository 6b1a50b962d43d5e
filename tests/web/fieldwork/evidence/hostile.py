"""Hostile and odd files by a table: a name, the bytes, what becomes of them.

`image`, `pdf`, `office`: taken as that. `refused`: not taken. `either`: broken at random; whatever
becomes of them, nothing breaks.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator

from PIL import Image

from tests.web.fieldwork.evidence import samples
from tests.web.fieldwork.evidence.cases import HTML, PHP, SVG, Case, case, saved
from tests.web.fieldwork.evidence.hostile_documents import old_files, packed_files, pdf_files
from tests.web.fieldwork.evidence.hostile_pictures import bombs, pictures
from tests.web.fieldwork.evidence.samples import office, pdf


def cases() -> list[Case]:
    return [
        *pictures(),
        *_lies(),
        *_other_sorts(),
        *_cut(),
        *bombs(),
        *packed_files(),
        *old_files(),
        *pdf_files(),
    ]


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
        "GIF": saved(Image.new("P", (9, 9)), "GIF"),
        "GIF that is JavaScript": b"GIF89a/*\0\0\0\0*/=1;alert(1);//",
        "GIF followed by HTML": saved(Image.new("P", (9, 9)), "GIF") + HTML,
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
        yield case(name, content, "refused")


def _cut() -> Iterator[Case]:
    noise = Image.frombytes("RGB", (120, 90), random.Random(3).randbytes(120 * 90 * 3))
    whole = {
        "JPEG": saved(noise, "JPEG"),
        "progressive JPEG": saved(noise, "JPEG", progressive=True),
        "PNG": saved(noise, "PNG"),
        "WebP": saved(noise, "WEBP"),
        "docx": office(more={"word/styles.xml": random.Random(4).randbytes(3000)}),
        "PDF": pdf(random.Random(5).randbytes(4000)),
    }
    for form, content in whole.items():
        for part in (1, 3, 5, 7, 9):
            yield case(f"{form} cut at {part}0 %", content[: len(content) * part // 10], "refused")
    for form, content in whole.items():
        for seed in range(8):
            yield case(f"{form} with noise, number {seed}", _noisy(content, seed), "either")


def _noisy(content: bytes, seed: int) -> bytes:
    chance, out = random.Random(seed), bytearray(content)
    for _ in range(1 + len(out) // 300):
        out[chance.randrange(8, len(out))] = chance.randrange(256)
    return bytes(out)
