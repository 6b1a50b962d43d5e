"""What the page shell shows around each page: the county, the account, and where one may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.permissions import PAGES
from kaohe.web.home.help_places import help_address
from kaohe.web.roster.queries.shell import county_name, current_year

# label, page, icon; a page that the actor may not see is left out.
MENU: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "",
        (
            ("首页", "home", "home"),
            ("签到", "fieldwork:today", "map-pin"),
            ("日志", "fieldwork:journals", "pencil"),
            ("月报", "fieldwork:reports", "file-text"),
            ("工作记录", "fieldwork:records", "list-check"),
            ("信息", "fieldwork:information", "file-export"),
        ),
    ),
    (
        "考勤",
        (
            ("请假", "fieldwork:leaves", "clock"),
            ("考勤月表", "fieldwork:month-grid", "calendar"),
            ("考勤簿", "fieldwork:book", "pencil"),
            ("不一致", "fieldwork:conflicts", "alert-triangle"),
            ("情况核实", "fieldwork:questions", "help-circle"),
            ("工作日", "fieldwork:workdays", "list-check"),
        ),
    ),
    (
        "项目",
        (
            ("项目", "fieldwork:projects", "building-community"),
            ("资金整合", "fieldwork:funds", "file-spreadsheet"),
            ("贫困村退出", "fieldwork:exits", "circle-check"),
        ),
    ),
    (
        "数据",
        (
            ("平时数据", "fieldwork:facts", "file-spreadsheet"),
            ("月度结账", "fieldwork:closings", "lock"),
            ("佐证材料", "fieldwork:evidence-list", "file-text"),
        ),
    ),
    (
        "督查",
        (
            ("督查情况", "supervision:inspections", "search"),
            ("督查安排", "supervision:month", "list-check"),
            ("问题整改", "supervision:findings", "alert-triangle"),
            ("每月汇总", "supervision:board", "file-spreadsheet"),
        ),
    ),
    (
        "名册",
        (
            ("单位", "roster:units", "building"),
            ("村", "roster:villages", "map-pin"),
            ("地图", "roster:map", "map"),
            ("人员", "roster:people", "users"),
            ("工作队", "roster:teams", "users-group"),
            ("派驻", "roster:postings", "route"),
            ("导入", "roster:imports", "file-import"),
        ),
    ),
    (
        "管理",
        (
            ("工作年度", "roster:years", "calendar"),
            ("账号", "accounts:list", "id"),
            ("审计", "audit:list", "shield-check"),
        ),
    ),
    ("", (("帮助", "help:index", "help"),)),
)


QUICK = ("home", "roster:villages", "roster:people", "roster:postings")


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    icon: str
    active: bool


@dataclass(frozen=True)
class Group:
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Signed:
    name: str
    roles: str


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor: everything in it works on error pages too."""
    actor: Actor | None = getattr(request, "actor", None)
    menu = _menu(request, actor) if actor is not None else ()
    county, year = _named(request, actor) if actor is not None else ("", "")
    session = getattr(request, "session", None)
    return {
        "shell": {
            "county": county,
            "year": year,
            "account": Signed(actor.name, actor.role_labels) if actor else None,
            "menu": menu,
            "quick": _quick(menu),
            "help_url": help_address(request) if actor else "",
            "demo": settings.DEMO,
            "draft_done": session.pop("draft_done", "") if session is not None else "",
        }
    }


def _named(request: HttpRequest, actor: Actor) -> tuple[str, str]:
    """The county and its year, read once a request however many templates are rendered."""
    names: tuple[str, str] | None = getattr(request, "shell_names", None)
    if names is None:
        names = county_name(actor.county_id), current_year(actor.county_id)
        request.shell_names = names  # type: ignore[attr-defined]
    return names


def _menu(request: HttpRequest, actor: Actor) -> tuple[Group, ...]:
    groups = []
    for label, entries in MENU:
        items = tuple(_item(request, *entry) for entry in entries if actor.may(PAGES[entry[1]]))
        if items:
            groups.append(Group(label, items))
    return tuple(groups)


def _quick(menu: tuple[Group, ...]) -> tuple[Item, ...]:
    """What stands at the bottom of a phone's screen."""
    urls = [reverse(page) for page in QUICK]
    return tuple(item for group in menu for item in group.items if item.url in urls)


def _item(request: HttpRequest, label: str, page: str, icon: str) -> Item:
    url = reverse(page)
    active = request.path == url or (url != "/" and request.path.startswith(url))
    return Item(label, url, icon, active)
