"""What of a month is not done yet: to be looked at before it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.calendar import DAY, last_of_month
from kaohe.web.fieldwork.facts.periods import moment
from kaohe.web.fieldwork.models import (
    FundIntegration,
    InformationItem,
    Leave,
    ProgressReport,
    VillageExit,
    WorkRecord,
)
from kaohe.web.fieldwork.queries.attendance import conflicts_in, villages_and_books
from kaohe.web.fieldwork.queries.cross_check import State
from kaohe.web.fieldwork.queries.reach import (
    exits_in,
    funds_in,
    information_in,
    leaves_in,
    progress_in,
    work_records_in,
)
from kaohe.web.fieldwork.queries.reports import dues_in
from kaohe.web.roster.models import WorkYear


@dataclass(frozen=True)
class LeftOpen:
    """A sort of thing that waits: how many, what closing means for it, and where it is done.

    page and query name the address at which it is done.
    """

    what: str
    number: int
    unit: str
    meaning: str
    page: str
    query: str

    @property
    def sentence(self) -> str:
        return f"{self.what} {self.number} {self.unit}"


def left_open(reach: Reach, year: WorkYear, month: date, today: date) -> list[LeftOpen]:
    """Everything of the month within reach that still waits for somebody, the days first."""
    found = [*_days(reach, month), *_reports(reach, month, today), *_decisions(reach, year, month)]
    return [one for one in found if one.number]


def _days(reach: Reach, month: date) -> Iterator[LeftOpen]:
    query = f"month={month:%Y-%m}"
    days = conflicts_in(reach, month, (State.CONFLICT, State.WAITING))
    unsettled = sum(1 for one in days if one.day.state is State.CONFLICT)
    books = [one for one in villages_and_books(reach, month) if not one.done]
    yield LeftOpen(
        "不一致的考勤",
        unsettled,
        "天",
        "不认定不计入驻村天数",
        "fieldwork:conflicts",
        query,
    )
    yield LeftOpen(
        "考勤簿没有录完的村",
        len(books),
        "个",
        "没有录的人这个月没有驻村天数",
        "fieldwork:book",
        query,
    )


def _reports(reach: Reach, month: date, today: date) -> Iterator[LeftOpen]:
    missing = sum(1 for one in dues_in(reach, month, today) if one.report is None)
    yield LeftOpen(
        "没有收到的月报",
        missing,
        "份",
        "结账以后不能再补报",
        "fieldwork:reports-due",
        f"month={month:%Y-%m}",
    )


def _decisions(reach: Reach, year: WorkYear, month: date) -> Iterator[LeftOpen]:
    """What was reported in the month and waits for a decision: it does not count."""
    first, last = month, last_of_month(month)
    day = {"day__range": (first, last)}
    leaves = leaves_in(reach).filter(state=Leave.State.APPLIED, first__lte=last, last__gte=first)
    yield LeftOpen(
        "待批的请假",
        leaves.count(),
        "件",
        "没有批准的不算请假",
        "fieldwork:leaves",
        "state=applied",
    )
    records = work_records_in(reach).filter(year=year, state=WorkRecord.State.REPORTED, **day)
    yield LeftOpen(
        "待确认的工作记录",
        records.count(),
        "件",
        "没有确认的不计数",
        "fieldwork:records-waiting",
        "",
    )
    items = information_in(reach).filter(
        state=InformationItem.State.REPORTED,
        reported_at__gte=moment(first),
        reported_at__lt=moment(last + DAY),
    )
    yield LeftOpen(
        "待接收的信息和调研报告",
        items.count(),
        "篇",
        "不接收不算",
        "fieldwork:information-inbox",
        "",
    )
    progress = progress_in(reach).filter(state=ProgressReport.State.REPORTED, **day)
    yield LeftOpen(
        "待确认的项目进度",
        progress.count(),
        "件",
        "不确认不算",
        "fieldwork:projects-waiting",
        "",
    )
    funds = funds_in(reach).filter(year=year, state=FundIntegration.State.REPORTED, **day)
    yield LeftOpen("待确认的资金整合", funds.count(), "件", "不确认不算", "fieldwork:funds", "")
    exits = exits_in(reach).filter(year=year, state=VillageExit.State.REPORTED, **day)
    yield LeftOpen("待确认的贫困村退出", exits.count(), "个", "不确认不算", "fieldwork:exits", "")
