"""The tables of daily work, a module a noun."""

from kaohe.web.fieldwork.models.attendance import (
    BookEntry,
    Leave,
    Settlement,
    SignIn,
    Workday,
)
from kaohe.web.fieldwork.models.closings import ClosedFact, MonthClosing
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.fieldwork.models.exits import ExitEvidence, VillageExit
from kaohe.web.fieldwork.models.funds import FundIntegration
from kaohe.web.fieldwork.models.journals import Journal, MonthlyReport, Noted
from kaohe.web.fieldwork.models.projects import (
    ProgressReport,
    Project,
    ProjectCheck,
    ProjectEvidence,
)
from kaohe.web.fieldwork.models.questions import Concerned, JournalSketch, Look, Question
from kaohe.web.fieldwork.models.records import RecordEvidence, WorkRecord
from kaohe.web.fieldwork.models.reporting import Adoption, InformationFile, InformationItem

__all__ = [
    "Adoption",
    "BookEntry",
    "ClosedFact",
    "Concerned",
    "Evidence",
    "ExitEvidence",
    "FundIntegration",
    "InformationFile",
    "InformationItem",
    "Journal",
    "JournalSketch",
    "Leave",
    "Look",
    "MonthClosing",
    "MonthlyReport",
    "Noted",
    "ProgressReport",
    "Project",
    "ProjectCheck",
    "ProjectEvidence",
    "Question",
    "RecordEvidence",
    "Settlement",
    "SignIn",
    "VillageExit",
    "WorkRecord",
    "Workday",
]
