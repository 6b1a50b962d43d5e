"""Who may do what: the one table of roles, actions and scopes, and the action of each page.

Queries limit what is read by a reach that comes from here, actions check here before they write,
and the middleware looks a page's address up here before its view is called. What is not in the
table is not allowed. docs/permissions.md is printed from this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from django.db.models import TextChoices

from kaohe.web.common.page_rights import PAGES as PAGES
from kaohe.web.common.page_rights import PUBLIC as PUBLIC
from kaohe.web.common.page_rights import PUBLIC_PAGES as PUBLIC_PAGES


class Role(TextChoices):
    """The roles of the regulation, and three that a site needs."""

    ADMINISTRATOR = "administrator", "系统管理员"
    HEADQUARTERS = "headquarters", "指挥部办公室"
    INSPECTORS = "inspectors", "督查组"
    ORGANISATION = "organisation", "组织部"
    POVERTY_BUREAU = "poverty_bureau", "扶贫移民局"
    AGRICULTURE = "agriculture", "农牧业局"
    DISCIPLINE = "discipline", "纪委监察局"
    REVIEWER = "reviewer", "考核组成员"
    TOWNSHIP = "township", "乡镇"
    DEPARTMENT = "department", "部门"
    FIRST_SECRETARY = "first_secretary", "第一书记"
    VILLAGE_TEAM = "village_team", "驻村工作队"
    TECHNICIAN = "technician", "农业科技人员"
    LEADER = "leader", "领导（只读）"
    AUDITOR = "auditor", "审计（只读）"
    # Who runs the site's own commands on the machine. No account can have it.
    COMMAND = "command", "本机命令"


class Scope(IntEnum):
    """How far a right reaches. A wider scope holds the narrower ones."""

    OWN = 1
    UNIT = 2
    TOWNSHIP = 3
    COUNTY = 4

    @property
    def label(self) -> str:
        return {1: "本人", 2: "本单位", 3: "本乡镇", 4: "全县"}[self.value]


R = Role
_FIELD = {R.FIRST_SECRETARY: Scope.OWN, R.VILLAGE_TEAM: Scope.OWN, R.TECHNICIAN: Scope.OWN}
_UNITS = {R.TOWNSHIP: Scope.TOWNSHIP, R.DEPARTMENT: Scope.UNIT}
_BODIES = dict.fromkeys(
    [R.INSPECTORS, R.ORGANISATION, R.POVERTY_BUREAU, R.AGRICULTURE, R.DISCIPLINE], Scope.COUNTY
)
_READERS = {R.REVIEWER: Scope.COUNTY, R.LEADER: Scope.COUNTY, R.AUDITOR: Scope.COUNTY}
_OFFICE = {R.HEADQUARTERS: Scope.COUNTY}
_ADMIN = {R.ADMINISTRATOR: Scope.COUNTY}
_ALL_OFFICES = {**_OFFICE, **_BODIES, **_READERS, **_UNITS}
_EVERYBODY = {**_ADMIN, **_ALL_OFFICES, **_FIELD}


@dataclass(frozen=True)
class Action:
    """Something that a role may do, named in Chinese, with how far each role may do it."""

    label: str
    scopes: Mapping[Role, Scope]
    writes: bool = False


def _reads(label: str, *scopes: Mapping[Role, Scope]) -> Action:
    return Action(label, _merged(scopes))


def _writes(label: str, *scopes: Mapping[Role, Scope]) -> Action:
    return Action(label, _merged(scopes), writes=True)


def _merged(scopes: tuple[Mapping[Role, Scope], ...]) -> Mapping[Role, Scope]:
    merged: dict[Role, Scope] = {R.COMMAND: Scope.COUNTY}
    for part in scopes:
        merged.update(part)
    return merged


ACTIONS: Final[Mapping[str, Action]] = {
    # Everybody's own
    "home.view": _reads("看首页", _EVERYBODY),
    "help.view": _reads("看帮助", _EVERYBODY),
    "session.own": _writes("管理自己的登录和密码", _EVERYBODY),
    "job.view": _reads("看自己任务的进度", _EVERYBODY),
    # The site itself, by the commands on its machine alone
    "county.add": _writes("设立县"),
    # The roster
    "year.view": _reads("看工作年度和考核办法", _ADMIN, _ALL_OFFICES, _FIELD),
    "year.change": _writes("设立、开启、结束工作年度", _OFFICE),
    "unit.view": _reads("看单位", _ADMIN, _ALL_OFFICES, _FIELD),
    "unit.change": _writes("登记、修改单位和年度属性", _OFFICE),
    "village.view": _reads("看村", _ADMIN, _ALL_OFFICES, _FIELD),
    "village.change": _writes("登记、修改村", _OFFICE),
    "village.count": _writes("填报村的户数人数", _OFFICE, {R.TOWNSHIP: Scope.TOWNSHIP}),
    "person.view": _reads("看人员", _ALL_OFFICES, _ADMIN, _FIELD),
    "person.change": _writes("登记、修改人员", _OFFICE, {R.ORGANISATION: Scope.COUNTY}, _UNITS),
    "person.reveal": _writes(
        "查看身份证号和电话（记录在案）", _OFFICE, {R.ORGANISATION: Scope.COUNTY}, _UNITS, _FIELD
    ),
    "post.change": _writes("登记、修改职务", _OFFICE, {R.ORGANISATION: Scope.COUNTY}, _UNITS),
    "team.view": _reads("看驻村工作队", _ADMIN, _ALL_OFFICES, _FIELD),
    "team.change": _writes(
        "组建、调整驻村工作队",
        _OFFICE,
        {R.ORGANISATION: Scope.COUNTY, R.POVERTY_BUREAU: Scope.COUNTY},
    ),
    "posting.view": _reads("看派驻", _ADMIN, _ALL_OFFICES, _FIELD),
    "posting.first_secretary": _writes("派驻第一书记", _OFFICE, {R.ORGANISATION: Scope.COUNTY}),
    "posting.village_team": _writes(
        "派驻工作队", _OFFICE, {R.ORGANISATION: Scope.COUNTY, R.POVERTY_BUREAU: Scope.COUNTY}
    ),
    "posting.technician": _writes("派驻农业科技人员", _OFFICE, {R.AGRICULTURE: Scope.COUNTY}),
    "history.view": _reads(
        "看修改历史", _ADMIN, _OFFICE, _BODIES, _UNITS, {R.AUDITOR: Scope.COUNTY}
    ),
    "list.export": _writes("导出名单（记录在案）", _ADMIN, _ALL_OFFICES),
    "roster.import": _writes("导入名册", _OFFICE),
    # Daily work
    "attendance.view": _reads("看考勤", _ALL_OFFICES, _FIELD),
    "attendance.sign_in": _writes("签到、补签", _FIELD),
    "attendance.book": _writes("录入村考勤簿", _OFFICE, {R.TOWNSHIP: Scope.TOWNSHIP}),
    "attendance.settle": _writes("认定不一致的考勤", {R.TOWNSHIP: Scope.TOWNSHIP}),
    "workday.view": _reads("看工作日", _ALL_OFFICES, _FIELD),
    "workday.change": _writes("调整工作日", _OFFICE),
    "leave.view": _reads("看请假", _ALL_OFFICES, _FIELD),
    "leave.apply": _writes("请假、销假", _FIELD),
    "leave.decide": _writes("审批请假", {R.TOWNSHIP: Scope.TOWNSHIP}),
    "journal.view": _reads("看工作日志", _ALL_OFFICES, _FIELD),
    "journal.write": _writes("写工作日志", _FIELD),
    "report.view": _reads("看月报", _ALL_OFFICES, _FIELD),
    "report.write": _writes("报月报", _FIELD),
    "evidence.view": _reads("看佐证材料", _ALL_OFFICES, _FIELD),
    "information.view": _reads("看信息和调研报告", _ALL_OFFICES, _FIELD),
    "information.report": _writes("报送信息和调研报告", _UNITS, _FIELD),
    "information.receive": _writes(
        "接收、退回信息，登记采用", _OFFICE, {R.POVERTY_BUREAU: Scope.COUNTY}
    ),
    "record.view": _reads("看工作记录", _ALL_OFFICES, _FIELD),
    "record.report": _writes("登记工作记录", _OFFICE, _UNITS, _FIELD),
    "record.confirm": _writes(
        "确认工作记录",
        _OFFICE,
        {R.POVERTY_BUREAU: Scope.COUNTY, R.AGRICULTURE: Scope.COUNTY},
        {R.TOWNSHIP: Scope.TOWNSHIP},
    ),
    "project.view": _reads("看项目", _ALL_OFFICES),
    "project.change": _writes(
        "登记项目，填报进度和资金", _OFFICE, {R.POVERTY_BUREAU: Scope.COUNTY}, _UNITS
    ),
    "project.confirm": _writes("检查、验收项目", _OFFICE, {R.POVERTY_BUREAU: Scope.COUNTY}),
    "fund.view": _reads("看资金整合", _ALL_OFFICES),
    "fund.report": _writes("填报资金整合", _OFFICE, {R.DEPARTMENT: Scope.UNIT}),
    "fund.confirm": _writes("确认资金整合", _OFFICE, {R.POVERTY_BUREAU: Scope.COUNTY}),
    "exit.view": _reads("看贫困村退出", _ALL_OFFICES),
    "exit.report": _writes("填报贫困村退出", _OFFICE, {R.TOWNSHIP: Scope.TOWNSHIP}),
    "exit.confirm": _writes("确认贫困村退出", _OFFICE, {R.POVERTY_BUREAU: Scope.COUNTY}),
    "fact.view": _reads("看平时数据", _ALL_OFFICES, _FIELD),
    "month.close": _writes("月度结账、重开", _OFFICE),
    "question.view": _reads("看待核实情况", _ALL_OFFICES, _FIELD),
    "question.look": _writes("核查一个月的数据", _OFFICE, _BODIES),
    "question.explain": _writes("说明与自己有关的情况", _FIELD),
    "question.answer": _writes("核实情况", _OFFICE, _BODIES, {R.TOWNSHIP: Scope.TOWNSHIP}),
    # Inspections
    "inspection.view": _reads("看督查", _ALL_OFFICES, _FIELD),
    # Townships and sending departments lead a part of the daily inspections (三(一)1).
    "inspection.plan": _writes("安排督查、抽签", _OFFICE, _BODIES, _UNITS),
    "inspection.record": _writes("登记督查情况和问题", _OFFICE, _BODIES, _UNITS),
    "finding.notify": _writes("发整改通知", _OFFICE, _BODIES, _UNITS),
    "finding.reply": _writes("回复整改", _UNITS, _FIELD),
    "finding.recheck": _writes("复查、销号", _OFFICE, _BODIES, _UNITS),
    # By the site itself, once a day.
    "finding.escalate": _writes("上报逾期的整改"),
    "inspection.summarise": _writes(
        "汇总督查情况（记录在案）", _OFFICE, {R.INSPECTORS: Scope.COUNTY}
    ),
    # Accounts
    "account.view": _reads("看账号", _ADMIN, _OFFICE, {R.AUDITOR: Scope.COUNTY}),
    "account.change": _writes("开通、停用账号，授予角色", _ADMIN, _OFFICE),
    # The audit chain
    "audit.view": _reads(
        "看审计记录", _ADMIN, {R.DISCIPLINE: Scope.COUNTY, R.AUDITOR: Scope.COUNTY}
    ),
    "audit.export": _writes(
        "导出、打印审计记录", _ADMIN, {R.DISCIPLINE: Scope.COUNTY, R.AUDITOR: Scope.COUNTY}
    ),
}

# Roles whose accounts reach many people's data: they log in with a second factor.
SECOND_FACTOR: Final = frozenset([R.ADMINISTRATOR, R.HEADQUARTERS, R.AUDITOR, R.LEADER, *_BODIES])

# Who may give which role away. Nobody makes accounts as mighty as the administrator but one.
GRANTABLE: Final[Mapping[Role, frozenset[Role]]] = {
    R.ADMINISTRATOR: frozenset(Role) - {R.COMMAND},
    R.HEADQUARTERS: frozenset(
        [R.REVIEWER, R.TOWNSHIP, R.DEPARTMENT, R.FIRST_SECRETARY, R.VILLAGE_TEAM, R.TECHNICIAN]
    ),
    R.COMMAND: frozenset(Role) - {R.COMMAND},
}


def widest(roles: Mapping[Role, object] | frozenset[Role], action: str) -> Scope | None:
    """The widest scope in which any of the roles may do the action; None when none may.

    Raises KeyError for an action that the table does not hold.
    """
    scopes = ACTIONS[action].scopes
    return max((scopes[role] for role in roles if role in scopes), default=None)
