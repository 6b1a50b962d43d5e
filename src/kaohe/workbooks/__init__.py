"""Excel workbooks of anybody's making, opened safely: one reader for the engine and for the web."""

from kaohe.workbooks.archive import NotAWorkbook
from kaohe.workbooks.book import Book, Sheet, open_book
from kaohe.workbooks.limits import Limits
from kaohe.workbooks.places import cell_name, column_letters

__all__ = [
    "Book",
    "Limits",
    "NotAWorkbook",
    "Sheet",
    "cell_name",
    "column_letters",
    "open_book",
]
