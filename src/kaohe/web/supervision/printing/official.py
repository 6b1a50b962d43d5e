"""A Word document as Chinese offices write it (GB/T 9704): A4, its margins, letters and headings.

The letters are named as the standard and office software name them; a computer without them shows
its own Song or Fangsong instead, which Word chooses by the fallback in the font table.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, BODY, FIRST, SECOND = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
# Sizes by their Chinese names.
ER_HAO, SAN_HAO, SI_HAO, XIAO_SI = Pt(22), Pt(16), Pt(14), Pt(12)
_LINE = Pt(28)
_INDENT = Pt(32)  # two characters of 三号
_WIDTH = Mm(156)  # between the margins


class Official:
    """A document under way: a title, headings of two levels, paragraphs, tables."""

    def __init__(self, title: str, subtitle: str = "") -> None:
        self._doc: Doc = Document()
        self._set_page()
        self._set_styles()
        self._doc.core_properties.title = title
        self._doc.core_properties.author = ""
        self._doc.core_properties.comments = ""
        self._centred(title, TITLE, ER_HAO, heading=True)
        if subtitle:
            self._centred(subtitle, SECOND, SAN_HAO)
        self._centred("", BODY, SAN_HAO)

    def heading(self, text: str) -> None:
        """一、……"""
        self._doc.add_paragraph(_clean(text), style="Heading 1")

    def subheading(self, text: str) -> None:
        """（一）……"""
        self._doc.add_paragraph(_clean(text), style="Heading 2")

    def paragraph(self, text: str) -> None:
        self._doc.add_paragraph(_clean(text))

    def signature(self, *lines: str) -> None:
        """Who signs, and the day, to the right."""
        self.paragraph("")
        for line in lines:
            last = self._doc.add_paragraph(_clean(line))
            last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            last.paragraph_format.right_indent = _INDENT

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[object]],
        widths: Sequence[int],
        caption: str = "",
    ) -> None:
        """A table across the page; widths are shares. Its head repeats on each page, and numbers
        stand to the right.
        """
        if caption:
            line = self._doc.add_paragraph()
            _write(line.add_run(_clean(caption)), FIRST, SI_HAO)
            line.paragraph_format.first_line_indent = Pt(0)
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.keep_with_next = True
        table = self._doc.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        shares: list[Length] = [Length(int(_WIDTH * one / sum(widths))) for one in widths]
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            _fill(cell.paragraphs[0], head, FIRST, WD_ALIGN_PARAGRAPH.CENTER)
        _repeat(table.rows[0]._tr)
        for row in rows:
            line_cells = table.add_row()
            _keep_whole(line_cells._tr)
            for cell, value in zip(line_cells.cells, row, strict=True):
                number = isinstance(value, int)
                side = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
                _fill(cell.paragraphs[0], str(value), BODY, side)
        for one in table.rows:
            for cell, width in zip(one.cells, shares, strict=True):
                cell.width = width
        self._doc.add_paragraph()

    def content(self) -> bytes:
        out = io.BytesIO()
        self._doc.save(out)
        return out.getvalue()

    def _set_page(self) -> None:
        section = self._doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        line = section.footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.first_line_indent = Pt(0)
        _write(line.add_run("— "), "宋体", SI_HAO)
        _write(_page_number(line), "宋体", SI_HAO)
        _write(line.add_run(" —"), "宋体", SI_HAO)

    def _set_styles(self) -> None:
        for name, letters in (("Normal", BODY), ("Heading 1", FIRST), ("Heading 2", SECOND)):
            style = self._doc.styles[name]
            assert isinstance(style, ParagraphStyle)
            _letters(style, letters, SAN_HAO)
            shape = style.paragraph_format
            shape.space_before = shape.space_after = Pt(0)
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
            shape.first_line_indent = _INDENT
            style.font.bold = style.font.italic = False
            style.font.color.rgb = None

    def _centred(self, text: str, letters: str, size: Pt, *, heading: bool = False) -> None:
        line = self._doc.add_paragraph(style="Normal")
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.first_line_indent = Pt(0)
        if heading:
            line.paragraph_format.line_spacing = Pt(36)
        _write(line.add_run(_clean(text)), letters, size)


def _letters(style: ParagraphStyle, letters: str, size: Pt) -> None:
    style.font.name, style.font.size = LATIN, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), letters)


def _write(run: Run, letters: str, size: Pt) -> None:
    run.font.name, run.font.size = LATIN, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), letters)


def _fill(line: Paragraph, text: str, letters: str, side: WD_ALIGN_PARAGRAPH) -> None:
    line.alignment = side
    shape = line.paragraph_format
    shape.first_line_indent = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _write(line.add_run(_clean(text)), letters, XIAO_SI)


def _page_number(line: Paragraph) -> Run:
    run = line.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._element.append(part)
    return run


def _repeat(row: object) -> None:
    _mark(row, "w:tblHeader")
    _mark(row, "w:cantSplit")


def _keep_whole(row: object) -> None:
    _mark(row, "w:cantSplit")


def _mark(row: object, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))  # type: ignore[attr-defined]


def _clean(text: str) -> str:
    """Without the control signs that no document can hold."""
    plain = text.encode("utf-8", "replace").decode()
    return "".join(sign for sign in plain if sign >= " " or sign in "\n\t")
