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
from kaohe.web.fieldwork.models.projects import FundIntegration, Project, VillageExit
from kaohe.web.fieldwork.models.questions import Concerned, JournalSketch, Look, Question
from kaohe.web.fieldwork.models.records import WorkRecord
from kaohe.web.fieldwork.models.reporting import InformationItem

__all__ = [
    "BookEntry",
    "Concerned",
    "Evidence",
    "FundIntegration",
    "InformationItem",
    "Journal",
    "JournalSketch",
    "Leave",
    "Look",
    "MonthClosing",
    "MonthlyReport",
    "Project",
    "Question",
    "Settlement",
    "SignIn",
    "VillageExit",
    "WorkRecord",
    "Workday",
]
