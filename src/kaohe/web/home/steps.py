"""How a new county begins: three steps, with a tick at what is done."""

from __future__ import annotations

from dataclasses import dataclass

from kaohe.web.home.links import to
from kaohe.web.home.queries.coverage import coverage_in
from kaohe.web.home.queries.picture import accounts_in_the_field
from kaohe.web.home.todo import Asked
from kaohe.web.roster.models import WorkYear


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    url: str
    done: bool


def first_steps(asked: Asked) -> tuple[Step, ...]:
    """The steps for whoever takes them, until the last is done."""
    if not asked.actor.may("year.change"):
        return ()
    opened = asked.year is not None and asked.year.state != WorkYear.State.PREPARING
    filled = bool(asked.once(coverage_in).villages)
    invited = accounts_in_the_field(asked.reach)
    if opened and filled and invited:
        return ()
    year = to("roster:years") if asked.year else to("roster:year-add")
    return (
        Step("设立年度", "选定当年的考核办法，核对后开启。", year, opened),
        Step(
            "导入名册",
            "下载模板，填好乡镇、部门、村、人员和派驻，再上传。",
            to("roster:imports"),
            filled,
        ),
        Step("开通账号", "给各单位和驻村人员开账号，打印开通码。", to("accounts:list"), invited),
    )
