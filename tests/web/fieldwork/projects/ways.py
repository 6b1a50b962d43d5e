"""Each writing action about projects, funds and exits done once, as the audit log is to tell."""

from datetime import date
from decimal import Decimal

from kaohe.web.fieldwork.actions.exits import ExitFacts, decide_exit, report_exit
from kaohe.web.fieldwork.actions.funds import FundFacts, decide_fund, report_fund
from kaohe.web.fieldwork.actions.projects import ProjectFacts, add_project
from kaohe.web.fieldwork.actions.projects_progress import confirm_progress
from tests.web.fieldwork.projects.steps import (
    exit_of,
    fund_of,
    leaves_in_2016,
    progress_of,
    project_of,
)


def _add(cast, actor, client):
    facts = ProjectFacts(
        code="P-99",
        name="产业路",
        village_id=cast.liulin.pk,
        department_id=cast.finance.pk,
        reaches="village",
        starts=date(2016, 3, 1),
        ends=date(2016, 6, 30),
        planned=Decimal(80),
    )
    return add_project(actor=actor, year_id=cast.year.pk, facts=facts)


def _confirm_progress(cast, actor, client):
    row = progress_of(project_of(cast), "2016-05-31", 40, 20, 10, proved=cast)
    return confirm_progress(actor=actor, chosen=[(row.pk, row.version)])


def _report_fund(cast, actor, client):
    facts = FundFacts(cast.finance.pk, "construction", date(2016, 5, 31), Decimal(100), Decimal(60))
    return report_fund(actor=actor, year_id=cast.year.pk, facts=facts)


def _decide_fund(cast, actor, client):
    row = fund_of(cast, cast.finance, "construction", 100, 60)
    return decide_fund(
        actor=actor, fund_id=row.pk, seen=row.version, accepted=False, opinion="没有文件"
    )


def _report_exit(cast, actor, client):
    six = dict.fromkeys(["road", "water", "power", "clinic", "culture_room", "broadband"], True)
    facts = ExitFacts(
        day=date(2016, 5, 31),
        incidence=Decimal("3.5"),
        satisfaction=Decimal(92),
        collective_income=Decimal(4),
        dropouts=0,
        **six,
    )
    village = leaves_in_2016(cast.liulin)
    return report_exit(actor=actor, year_id=cast.year.pk, village_id=village.pk, facts=facts)


def _decide_exit(cast, actor, client):
    row = exit_of(cast, cast.liulin, proved=True)
    return decide_exit(actor=actor, exit_id=row.pk, seen=1, accepted=True, opinion="")


# action → whose it is in the cast, and a way to do it.
WAYS = {
    "project.change": ("township", _add),
    "project.confirm": ("office", _confirm_progress),
    "fund.report": ("department", _report_fund),
    "fund.confirm": ("office", _decide_fund),
    "exit.report": ("township", _report_exit),
    "exit.confirm": ("office", _decide_exit),
}
