"""ECharts options of the first page; colours and fonts are the theme's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kaohe.web.home.queries.coverage import Coverage
from kaohe.web.roster.models import Posting

# From so many bars on a chart is drawn tall.
MANY = 9
# Of more villages only the first so many have a bar.
SHOWN = 15


@dataclass(frozen=True)
class Chart:
    """A chart with the same numbers as a table for those who don't see it."""

    title: str
    option: dict[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    tall: bool = field(default=False)


def by_township(coverage: Coverage) -> Chart:
    """Each township's poor villages, with and without a first secretary."""
    kind = Posting.Kind.FIRST_SECRETARY.value
    totals: dict[str, tuple[int, int]] = {}
    for village in coverage.poor:
        served, bare = totals.get(village.township, (0, 0))
        has = village.now[kind] > 0
        totals[village.township] = (served + has, bare + (not has))
    option = _bars(
        list(totals),
        [
            # First, so that what is missing stands at the axis and in the theme's own red.
            ("没有第一书记", [bare for _, bare in totals.values()]),
            ("有第一书记", [served for served, _ in totals.values()]),
        ],
    )
    rows = [(name, served + bare, served) for name, (served, bare) in totals.items()]
    title = "各乡镇贫困村与在岗第一书记"
    columns = ("乡镇", "贫困村", "在岗第一书记")
    return Chart(title, option, columns, rows, tall=len(rows) > MANY)


def by_village(households: Sequence[tuple[str, int]]) -> Chart:
    """The villages with the most poor households in the year."""
    rows = sorted(households, key=lambda row: -row[1])[:SHOWN]
    option = _bars([name for name, _ in rows], [("贫困户", [number for _, number in rows])])
    title = "各村贫困户数" if len(rows) == len(households) else f"贫困户最多的 {SHOWN} 个村"
    return Chart(title, option, ("村", "贫困户数"), rows, tall=len(rows) > MANY)


def by_role(accounts: Sequence[tuple[str, int]]) -> Chart:
    option = _bars([name for name, _ in accounts], [("账号", [n for _, n in accounts])])
    tall = len(accounts) > MANY
    return Chart("各角色的账号数", option, ("角色", "账号数"), accounts, tall=tall)


def by_day(entries: Sequence[tuple[date, int]]) -> Chart:
    names = [f"{day.month}月{day.day}日" for day, _ in entries]
    numbers = [count for _, count in entries]
    option = {
        "xAxis": {"type": "category", "data": names},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [{"name": "记录", "type": "bar", "data": numbers, "barMaxWidth": 28}],
    }
    rows = list(zip(names, numbers, strict=True))
    return Chart("近两周的审计记录数", option, ("日期", "记录数"), rows)


def _bars(names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> dict[str, Any]:
    """Lying bars, the first name on top, several series in one bar."""
    option: dict[str, Any] = {
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": list(names),
            "axisLabel": {"interval": 0},
        },
        "series": [
            {
                "name": name,
                "type": "bar",
                "stack": "all",
                "data": list(numbers),
                "barMaxWidth": 18,
            }
            for name, numbers in series
        ],
    }
    if len(series) > 1:
        option["legend"] = {"data": [name for name, _ in series]}
    return option
