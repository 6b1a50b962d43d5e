"""The rows behind a number, each with the page on which it is to be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.models import (
    BookEntry,
    FundIntegration,
    InformationItem,
    Journal,
    Leave,
    MonthlyReport,
    ProgressReport,
    Settlement,
    SignIn,
    VillageExit,
    WorkRecord,
)
from kaohe.web.fieldwork.queries import reach as reaching
from kaohe.web.roster.models import Posting
from kaohe.web.roster.queries.reach import postings_in

Row = tuple[str, int]
_BATCH = 500
_SERVED = ("person", "posting__village__township")


@dataclass(frozen=True)
class _Shown:
    """How rows of one table are shown: who reads them, what a line names, where it leads."""

    action: str
    rows_in: Callable[[Reach], QuerySet[Any]]
    related: tuple[str, ...]
    order: tuple[str, ...]
    text: Callable[[Any], str]
    page: Callable[[Any], str]


def _month_page(row: Any) -> str:
    """Rows of attendance are seen in their person's month."""
    month = [row.person_id, row.day.year, row.day.month]
    return reverse("fieldwork:person-month", args=month)


def _own_page(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[row.pk])


def _day(text: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda row: f"{row.day.month}月{row.day.day}日　{text(row)}"


_TABLES: Mapping[type[Model], _Shown] = {
    BookEntry: _Shown(
        "attendance.view",
        reaching.book_in,
        _SERVED,
        ("day", "pk"),
        _day(lambda row: f"{row.person}　{'在村' if row.present else '不在村'}"),
        _month_page,
    ),
    Journal: _Shown(
        "journal.view",
        reaching.journals_in,
        _SERVED,
        ("day", "pk"),
        _day(lambda row: f"{row.person}　{row.items[:30]}"),
        _own_page("fieldwork:journal"),
    ),
    SignIn: _Shown(
        "attendance.view",
        reaching.sign_ins_in,
        _SERVED,
        ("day", "pk"),
        _day(lambda row: str(row.person)),
        _month_page,
    ),
    Settlement: _Shown(
        "attendance.view",
        reaching.settlements_in,
        _SERVED,
        ("day", "pk"),
        _day(lambda row: f"{row.person}　{row.settled_by}：{row.reason}"),
        _month_page,
    ),
    Leave: _Shown(
        "leave.view",
        reaching.leaves_in,
        _SERVED,
        ("first", "pk"),
        str,
        _own_page("fieldwork:leave"),
    ),
    MonthlyReport: _Shown(
        "report.view",
        reaching.reports_in,
        _SERVED,
        ("month", "pk"),
        str,
        _own_page("fieldwork:report"),
    ),
    InformationItem: _Shown(
        "information.view",
        reaching.information_in,
        (),
        ("reported_at", "pk"),
        str,
        _own_page("fieldwork:information-item"),
    ),
    WorkRecord: _Shown(
        "record.view",
        reaching.work_records_in,
        (),
        ("day", "pk"),
        lambda row: f"{row}　{row.text[:30]}",
        _own_page("fieldwork:record"),
    ),
    ProgressReport: _Shown(
        "project.view",
        reaching.progress_in,
        ("project",),
        ("day", "pk"),
        _day(lambda row: f"{row.project}　到位 {row.arrived} 万元，支付 {row.paid} 万元"),
        lambda row: reverse("fieldwork:project", args=[row.project_id]),
    ),
    FundIntegration: _Shown(
        "fund.view",
        reaching.funds_in,
        ("unit",),
        ("day", "pk"),
        _day(lambda row: f"{row}　{row.integrated}/{row.total} 万元"),
        _own_page("fieldwork:fund"),
    ),
    VillageExit: _Shown(
        "exit.view",
        reaching.exits_in,
        ("village", "year"),
        ("village__code", "pk"),
        lambda row: f"{row.village}　发生率 {row.incidence}%，认可度 {row.satisfaction}%",
        _own_page("fieldwork:exit"),
    ),
    Posting: _Shown(
        "posting.view",
        postings_in,
        ("person", "team", "village"),
        ("start", "pk"),
        lambda row: f"{row}　{row.start} 至 {row.end or '今'}",
        _own_page("roster:posting"),
    ),
}
_BY_LABEL = {model._meta.label_lower: (model, shown) for model, shown in _TABLES.items()}


@dataclass(frozen=True)
class Behind:
    """One row: what it says in a line, and its page."""

    text: str
    url: str


@dataclass(frozen=True)
class Group:
    """Rows of one table; hidden counts those that the reader does not reach, or that are gone."""

    label: str
    rows: tuple[Behind, ...]
    hidden: int


def behind(actor: Actor, rows: Iterable[Row]) -> list[Group]:
    """The rows by table, each table's in the order of its days; a query or two a table."""
    keys = _by_table(rows)
    return [_group(actor, table, keys[table]) for table in _BY_LABEL if table in keys]


def lines(actor: Actor, rows: Iterable[Row]) -> dict[Row, Behind]:
    """Each row that the actor reaches, by table and key."""
    return {
        (table, row.pk): Behind(_BY_LABEL[table][1].text(row), _BY_LABEL[table][1].page(row))
        for table, keys in _by_table(rows).items()
        for row in _reached(actor, table, keys)
    }


def _by_table(rows: Iterable[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for table, pk in dict.fromkeys(rows):
        found[table].append(pk)
    return found


def label_of(table: str) -> str:
    """What rows of a table are called."""
    return str(_BY_LABEL[table][0]._meta.verbose_name)


def _group(actor: Actor, table: str, keys: list[int]) -> Group:
    shown = _BY_LABEL[table][1]
    found = _reached(actor, table, keys)
    rows = tuple(Behind(shown.text(row), shown.page(row)) for row in found)
    return Group(label_of(table), rows, len(keys) - len(rows))


def _reached(actor: Actor, table: str, keys: list[int]) -> list[Any]:
    shown = _BY_LABEL[table][1]
    if not actor.may(shown.action):
        return []
    rows = shown.rows_in(actor.reach(shown.action)).select_related(*shown.related)
    found: list[Any] = []
    for start in range(0, len(keys), _BATCH):
        batch = rows.filter(pk__in=keys[start : start + _BATCH])
        found += batch.order_by(*shown.order).distinct()
    return found
