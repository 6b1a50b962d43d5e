"""The small picture on the first page: the county's, a unit's, or one's own posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.web.common.permissions import Role, Scope, widest
from kaohe.web.home import charts
from kaohe.web.home.charts import Chart
from kaohe.web.home.links import to
from kaohe.web.home.queries.coverage import Coverage, coverage_in
from kaohe.web.home.queries.picture import (
    account_sizes,
    accounts_by_role,
    entries_by_day,
    members_now,
    poor_households_in,
    postings_beside,
    postings_now,
    sizes_in,
)
from kaohe.web.home.todo import Asked
from kaohe.web.roster.models import Posting

_ICONS = {
    Posting.Kind.FIRST_SECRETARY: "user-check",
    Posting.Kind.VILLAGE_TEAM: "users-group",
    Posting.Kind.TECHNICIAN: "user-plus",
}


@dataclass(frozen=True)
class Stat:
    label: str
    value: int
    unit: str = ""
    hint: str = ""
    icon: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Service:
    """One's own posting: where, since when, sent by whom, together with whom."""

    title: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Nothing:
    """Why a picture is empty, and what fills it."""

    icon: str
    title: str
    text: str


@dataclass(frozen=True)
class Picture:
    title: str
    stats: Sequence[Stat] = ()
    chart: Chart | None = None
    services: Sequence[Service] = ()
    nothing: Nothing | None = None


def picture(asked: Asked) -> Picture:
    """The picture that fits the actor's widest scope."""
    roles = frozenset(asked.actor.roles)
    here = asked.within("village.view")
    if here.reach.whole:
        return _administered(here) if roles <= _KEEPERS else _county(here)
    if widest(roles, "village.view") == Scope.OWN:
        return _own(here)
    return _unit(here)


_NO_ROSTER = Nothing(
    "building-community",
    "名册还是空的",
    "导入乡镇、部门、村、人员和派驻以后，这里显示全县的数字。",
)
_NO_POSTING = Nothing(
    "route",
    "现在没有派驻",
    "派驻登记以后，这里写明派到哪个村、从哪天开始；有疑问请找派出单位或指挥部办公室。",
)
_KEEPERS = frozenset([Role.ADMINISTRATOR, Role.AUDITOR])


def _county(asked: Asked) -> Picture:
    coverage = asked.once(coverage_in)
    sizes = sizes_in(asked.reach)
    if not sizes.all and not coverage.villages:
        return Picture("全县概况", nothing=_NO_ROSTER)
    stats = (
        Stat("单位", sizes.all, "个", sizes.hint, "building", url=to("roster:units")),
        _villages(coverage),
        *_serving(coverage),
    )
    return Picture("全县概况", stats, charts.by_township(coverage) if coverage.poor else None)


def _unit(asked: Asked) -> Picture:
    """A township's villages, or those to which a department sends people."""
    coverage = asked.once(coverage_in)
    households = poor_households_in(asked.reach, asked.year)
    known = [(name, number) for name, number in households if number is not None]
    unknown = len(households) - len(known)
    stats = (
        _villages(coverage),
        *_serving(coverage),
        Stat("贫困户", sum(number for _, number in known), "户", _unknown(unknown), "home"),
    )
    return Picture("本单位概况", stats, charts.by_village(known) if known else None)


def _administered(asked: Asked) -> Picture:
    sizes = account_sizes(asked.reach)
    entries = entries_by_day(asked.reach, asked.today)
    stats = (
        Stat("账号", sizes.all, "个", icon="id", url=to("accounts:list")),
        Stat("登录过", sizes.used, "个", icon="user-check"),
        Stat("已停用", sizes.shut, "个", icon="lock"),
        Stat("今天的审计记录", entries[-1][1], "条", icon="shield-check", url=to("audit:list")),
    )
    auditing = Role.AUDITOR in asked.actor.roles
    chart = charts.by_day(entries) if auditing else charts.by_role(accounts_by_role(asked.reach))
    return Picture("账号与记录", stats, chart)


def _own(asked: Asked) -> Picture:
    postings = list(postings_now(asked.reach, asked.today))
    services = [_service(asked, one) for one in postings]
    return Picture("我的派驻", services=services, nothing=None if services else _NO_POSTING)


def _service(asked: Asked, posting: Posting) -> Service:
    village = posting.village
    facts = [
        Fact("派驻村", village.name, to("roster:village", village.pk), str(village.township)),
        Fact("类别", posting.get_kind_display()),
        Fact("开始日期", f"{posting.start.year}年{posting.start.month}月{posting.start.day}日"),
        Fact("派出单位", str(posting.department or "本乡镇")),
    ]
    others = [
        f"{one.get_kind_display()}：{one.subject}" for one in postings_beside(posting, asked.today)
    ]
    if others:
        facts.append(Fact("同在本村", "；".join(others)))
    count = village.counts.filter(year=asked.year).first() if asked.year else None
    if count is not None:
        facts.append(Fact("总户数", f"{count.households} 户", hint=f"{count.people} 人"))
        facts.append(Fact("贫困户", f"{count.poor_households} 户", hint=f"{count.poor_people} 人"))
    if posting.team is not None:
        members = members_now(posting.team, asked.today)
        names = [f"{one.person}（队长）" if one.leader else str(one.person) for one in members]
        url = to("roster:team", posting.team.pk)
        facts.append(Fact("工作队", posting.team.name, url, "、".join(names)))
    return Service(f"{village.township}{village}", facts)


def _villages(coverage: Coverage) -> Stat:
    hint = f"其中贫困村 {len(coverage.poor)} 个"
    url = to("roster:villages")
    return Stat("村", len(coverage.villages), "个", hint, "map-pin", url=url)


def _serving(coverage: Coverage) -> list[Stat]:
    return [_in_service(coverage, kind) for kind in Posting.Kind]


def _in_service(coverage: Coverage, kind: Posting.Kind) -> Stat:
    missing = len(coverage.poor) - coverage.covered(kind)
    measure = "支" if kind == Posting.Kind.VILLAGE_TEAM else "名"
    return Stat(
        label=f"在岗{kind.label}",
        value=coverage.serving(kind),
        unit=measure,
        hint=_covered(len(coverage.poor), missing),
        icon=_ICONS[kind],
        tone="warning" if missing else "",
        url=to("roster:postings", kind=kind.value),
    )


def _covered(poor: int, missing: int) -> str:
    if not poor:
        return ""
    return f"{missing} 个贫困村没有" if missing else "贫困村都有"


def _unknown(count: int) -> str:
    return f"{count} 个村还没有填" if count else "各村都已填"
