"""Office files and PDF: with macros, of two sorts at once, that unpack to more than they say."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.web.fieldwork.evidence import samples
from tests.web.fieldwork.evidence.cases import HTML, MEGABYTE, Case, case, zipped
from tests.web.fieldwork.evidence.samples import OPEN, office, old_office, pdf


def packed_files() -> Iterator[Case]:
    excel, slides = f"{OPEN}.spreadsheetml.sheet", f"{OPEN}.presentationml.presentation"
    good = {
        "docx": office(),
        "xlsx": office("xl/workbook.xml", excel),
        "pptx": office("ppt/presentation.xml", slides),
        "docx, parts not packed": office(stored=True),
        "docx from a template at home": office(more=_template("file:///C:/Users/a/Normal.dotx")),
    }
    for name, content in good.items():
        yield case(name, content, "office", f"x.{name[:4]}")
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
        yield case(f"docx with {name}", office(more=more), "refused", "x.docx")
    types = {
        "docm called docx": b"<Types><Override " + macro + b"/></Types>",
        "docm in UTF-16": ("<Types><Override " + macro.decode() + "/></Types>").encode("utf-16"),
        "dotx": b'<Types ContentType="' + OPEN.encode() + b'.wordprocessingml.template.main+xml"/>',
        "docx without types": b"",
    }
    for name, text in types.items():
        yield case(name, office(types=text), "refused", "x.docx")
    yield case(
        "xlsm called xlsx",
        office("xl/workbook.xml", excel, more={"xl/vbaProject.bin": b"a"}),
        "refused",
    )
    yield case(
        "pptm called pptx",
        office("ppt/presentation.xml", slides, more={"ppt/vbaProject.bin": b"a"}),
        "refused",
    )
    yield case("plain zip", zipped({"a.txt": b"a"}), "refused")
    yield case("zip of a program", zipped({"a.exe": b"MZ"}), "refused", "x.docx")
    yield case(
        "Java archive", zipped({"META-INF/MANIFEST.MF": b"a", "a.class": b"\xca\xfe"}), "refused"
    )
    yield case(
        "Android program", zipped({"AndroidManifest.xml": b"a", "classes.dex": b"dex"}), "refused"
    )
    yield case(
        "OpenDocument", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "refused"
    )
    yield case("docx followed by HTML", office() + HTML, "refused", "x.docx")
    yield case("HTML followed by docx", HTML + office(), "refused", "x.docx")
    yield case("docx with a comment", _commented(office()), "refused", "x.docx")
    yield case("docx with a password", _flagged(office()), "refused", "x.docx")
    yield case("docx with a part twice", _doubled(office()), "refused", "x.docx")
    yield case(
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


def old_files() -> Iterator[Case]:
    good = {
        "doc": ("WordDocument", "1Table"),
        "xls": ("Workbook",),
        "older xls": ("Book",),
        "wps": ("WordDocument",),
    }
    for name, streams in good.items():
        yield case(name, old_office(*streams), "office", f"x.{name[-3:]}")
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
        yield case(f"old {name}", old_office(*streams), "refused", "x.doc")
    yield case("old, only its start", old_office("WordDocument")[:520], "refused", "x.doc")
    yield case(
        "old, its name in the text only",
        old_office(size=4096)[:-64] + "WordDocument".encode("utf-16-le"),
        "refused",
    )


def pdf_files() -> Iterator[Case]:
    yield case(
        "PDF with script", pdf(b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"), "pdf", "x.pdf"
    )
    yield case("PDF that launches a program", pdf(b"<</S/Launch/F(cmd.exe)>>"), "pdf", "x.pdf")
    yield case("PDF with HTML inside", pdf(HTML), "pdf", "x.pdf")
    yield case(
        "PDF with a file inside", pdf(b"<</EmbeddedFile>>" + samples.image()), "pdf", "x.pdf"
    )
    yield case("PDF called a photo", pdf(), "pdf")
    yield case("PDF after HTML", HTML + pdf(), "refused", "x.pdf")
    yield case("PDF after one byte", b" " + pdf(), "refused", "x.pdf")
    yield case("PDF that is a zip too", pdf() + zipped({"a": b"%%EOF"}), "refused", "x.pdf")
    yield case("PDF without an end", b"%PDF-1.7\n" + b"0 " * 3000, "refused", "x.pdf")
    yield case("only the start of a PDF", b"%PDF-", "refused", "x.pdf")


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
