"""The tables of daily work, a module a noun."""

from kaohe.web.fieldwork.models.attendance import (
    BookEntry,
    Leave,
    Settlement,
    SignIn,
    Workday,
)
from kaohe.web.fieldwork.models.closings import MonthClosing
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.fieldwork.models.journals import Journal, MonthlyReport

__all__ = [
    "BookEntry",
    "Evidence",
    "Journal",
    "Leave",
    "MonthClosing",
    "MonthlyReport",
    "Settlement",
    "SignIn",
    "Workday",
]
