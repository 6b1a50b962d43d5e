"""A workbook opened for reading, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import python_calamine

from kaohe.workbooks.archive import NotAWorkbook, opened, proved
from kaohe.workbooks.limits import Limits
from kaohe.workbooks.survey import Places, SheetSurvey, survey

Area = tuple[tuple[int, int], tuple[int, int]]
"""The upper left and the lower right cell, (row, column) from 0."""

ERROR = "#N/A"
_MACROS = "vbaproject.bin"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's cells from A1 on, rows of one length; dates and numbers as Excel holds them.

    merged: areas of merged cells that reach into the rows. A cell with an error holds ``#N/A``.
    """

    name: str
    rows: list[list[Any]]
    merged: list[Area]
    errors: Places
    formulas: Places


class Book:
    """The sheets of a workbook that was found sound."""

    def __init__(self, book: Any, surveys: dict[str, SheetSurvey], *, macros: bool) -> None:
        self._book = book
        self._surveys = surveys
        self.macros = macros

    @property
    def names(self) -> list[str]:
        """The names of its sheets, in their order."""
        return list(self._book.sheet_names)

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the sheets that Excel does not show."""
        shown = python_calamine.SheetVisibleEnum.Visible
        return frozenset(one.name for one in self._book.sheets_metadata if one.visible != shown)

    def is_blank(self, name: str) -> bool:
        """Whether a sheet has nothing in any cell; False for one that cannot be read."""
        try:
            with _told_plainly():
                return self._book.get_sheet_by_name(name).start is None
        except NotAWorkbook:
            return False

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name. Raises :class:`NotAWorkbook` when it cannot be read."""
        with _told_plainly():
            sheet = self._book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        seen = self._surveys.get(name, SheetSurvey())
        for row, column in seen.errors:
            # Calamine gives an error cell as an empty one.
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = ERROR
        inside = [area for area in sorted(merged) if area[0][0] < len(rows)]
        return Sheet(name, rows, inside, seen.errors, seen.formulas)


@contextmanager
def open_book(source: Path | IO[bytes], limits: Limits | None = None) -> Iterator[Book]:
    """Open a workbook. Raises :class:`NotAWorkbook` for what is none, or unbearably large."""
    allowed = limits or Limits()
    file = opened(source)
    try:
        with proved(file, allowed) as archive:
            surveys = survey(archive, allowed)
            macros = any(name.lower().endswith(_MACROS) for name in archive.namelist())
        file.seek(0)
        with _told_plainly():
            book = python_calamine.CalamineWorkbook.from_filelike(file)
    finally:
        if isinstance(source, Path):
            file.close()
    with book:
        yield Book(book, surveys, macros=macros)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Whatever Calamine stumbles over, told as one error of ours."""
    try:
        yield
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise NotAWorkbook(
            f"文件已损坏，Excel 内容读不出来（{error}）：请用 Excel 修复后另存为 .xlsx"
        ) from error
    except BaseException as error:
        # A panic of its Rust code is not even an Exception, and has no public name.
        if type(error).__name__ != "PanicException":
            raise
        raise NotAWorkbook("文件已损坏，读不出来：请用 Excel 修复后另存为 .xlsx") from error
