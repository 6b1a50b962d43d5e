"""Projects, integrated funds and villages' exit: what is late, not reported, or waits."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from kaohe.web.fieldwork.models import FundIntegration, Project, VillageExit
from kaohe.web.fieldwork.models.decided import Decided
from kaohe.web.fieldwork.queries.exits import leaving
from kaohe.web.fieldwork.queries.funds import lines
from kaohe.web.fieldwork.queries.projects import (
    Delay,
    delayed,
    projects_listed,
    waiting_reports,
    without_upkeep,
)
from kaohe.web.fieldwork.queries.reach import exits_in, funds_in
from kaohe.web.home.links import to
from kaohe.web.home.todo import Asked, Rule, Todo, rule
from kaohe.web.roster.models import WorkYear

Reported = TypeVar("Reported", bound=Decided)


@rule("project.change")
def projects_are_late(asked: Asked) -> Todo | None:
    number = _delayed(asked, Delay.LATE)
    why = "过了计划完工日期，进度还没有报到 100%。"
    url = to("fieldwork:projects", delay=Delay.LATE)
    return Todo("催办超期项目", number, why, url, late=True) if number else None


@rule("project.change")
def progress_is_not_reported(asked: Asked) -> Todo | None:
    number = _delayed(asked, Delay.SILENT)
    if not number or asked.year is None:
        return None
    why = f"超过 {asked.year.scheme.fieldwork.progress_due} 天没有报进度。"
    return Todo("填报项目进度", number, why, to("fieldwork:projects", delay=Delay.SILENT))


@rule("project.change")
def progress_was_sent_back(asked: Asked) -> Todo | None:
    number = _delayed(asked, Delay.RETURNED)
    why = "最近一次填报被退回，请按退回的意见改好再报。"
    url = to("fieldwork:projects", delay=Delay.RETURNED)
    return Todo("重报项目进度", number, why, url, late=True) if number else None


@rule("project.change")
def upkeep_is_missing(asked: Asked) -> Todo | None:
    number = without_upkeep(_projects(asked)).count()
    why = "验收合格了，还没有落实管护责任人。"
    return (
        Todo("落实项目管护", number, why, to("fieldwork:projects", upkeep="none"))
        if number
        else None
    )


@rule("project.confirm")
def progress_waits(asked: Asked) -> Todo | None:
    rows = waiting_reports(asked.reach)
    number = _by_others(rows, asked).count()
    why = "乡镇和部门报的进度，确认以后才计入考核数据。"
    url = to("fieldwork:projects-waiting")
    return Todo("确认项目进度", number, why, url, measure="份") if number else None


@rule("fund.report")
def funds_are_not_reported(asked: Asked) -> Todo | None:
    year = _open_year(asked)
    if year is None:
        return None
    missing = [one for one in lines(asked.reach, year) if one.row is None]
    why = f"{year}有涉农资金的部门，还没有报整合情况。"
    url = to("fieldwork:funds", state="missing")
    return Todo("填报资金整合", len(missing), why, url, measure="项") if missing else None


@rule("fund.confirm")
def funds_wait(asked: Asked) -> Todo | None:
    year = _open_year(asked)
    rows = funds_in(asked.reach).filter(year=year, state=FundIntegration.State.REPORTED)
    number = _by_others(rows, asked).count() if year else 0
    why = "部门报的资金整合，确认以后才计入考核数据。"
    url = to("fieldwork:funds", state="waiting")
    return Todo("确认资金整合", number, why, url, measure="份") if number else None


@rule("exit.report")
def exits_are_not_reported(asked: Asked) -> Todo | None:
    year = _open_year(asked)
    if year is None:
        return None
    missing = [one for one in leaving(asked.reach, year) if one.row is None]
    why = f"{year}退出的贫困村，还没有报“六有”和各项指标。"
    url = to("fieldwork:exits", state="missing")
    return Todo("填报贫困村退出", len(missing), why, url, measure="个村") if missing else None


@rule("exit.report")
def exits_were_sent_back(asked: Asked) -> Todo | None:
    year = _open_year(asked)
    rows = exits_in(asked.reach).filter(year=year, state=VillageExit.State.RETURNED)
    number = rows.count() if year else 0
    why = "退回的贫困村退出，请按意见改好再报。"
    url = to("fieldwork:exits", state="returned")
    return Todo("重报贫困村退出", number, why, url, measure="个村", late=True) if number else None


@rule("exit.confirm")
def exits_wait(asked: Asked) -> Todo | None:
    year = _open_year(asked)
    rows = exits_in(asked.reach).filter(year=year, state=VillageExit.State.REPORTED)
    number = _by_others(rows, asked).count() if year else 0
    why = "乡镇报的贫困村退出，确认以后才计入考核数据。"
    url = to("fieldwork:exits", state="waiting")
    return Todo("确认贫困村退出", number, why, url, measure="个村") if number else None


def _by_others(rows: QuerySet[Reported], asked: Asked) -> QuerySet[Reported]:
    """Without one's own reports, which others have to confirm; the command's have no account."""
    own = Q(reported_by_id=asked.actor.account_id, reported_by_id__isnull=False)
    return rows.exclude(own)


def _open_year(asked: Asked) -> WorkYear | None:
    """The year, unless it is over and nothing can be done about it any more."""
    if asked.year is None or asked.year.state == WorkYear.State.CLOSED:
        return None
    return asked.year


def _projects(asked: Asked) -> QuerySet[Project]:
    year = _open_year(asked)
    rows = projects_listed(asked.reach)
    return rows.filter(year=year) if year is not None else rows.none()


def _delayed(asked: Asked, what: Delay) -> int:
    return delayed(_projects(asked), what, asked.today, asked.reach.county_id).count()


RULES: tuple[Rule, ...] = (
    projects_are_late,
    progress_was_sent_back,
    progress_waits,
    progress_is_not_reported,
    upkeep_is_missing,
    funds_are_not_reported,
    funds_wait,
    exits_are_not_reported,
    exits_were_sent_back,
    exits_wait,
)
