"""The records that a question rests on, those that the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.models import BookEntry, Journal, Leave, Question, SignIn
from kaohe.web.fieldwork.queries.evidence import ShownEvidence, distance_text, shown
from kaohe.web.fieldwork.queries.reach import (
    book_in,
    evidence_in,
    journals_in,
    leaves_in,
    sign_ins_in,
)


@dataclass(frozen=True)
class Ground:
    """One record as a line: what it is, whose, of which day, when it came, and where it stands."""

    what: str
    who: str
    village: str
    day: date
    received: datetime | None
    claimed: datetime | None
    note: str
    url: str


@dataclass(frozen=True)
class Grounds:
    """What a question rests on, for one reader; hidden: how many rows they may not see."""

    lines: tuple[Ground, ...]
    photos: tuple[ShownEvidence, ...]
    hidden: int


def grounds_of(question: Question, actor: Actor) -> Grounds:
    """The rows that a question rests on, by day and time of receipt.

    None of a question about journals: those are shown as pairs, see questions_compared.py.
    """
    if question.pairs:
        return Grounds((), (), 0)
    keys: dict[str, list[int]] = {}
    for table, pk in question.rows:
        keys.setdefault(table, []).append(pk)
    lines = [line for table in _TABLES for line in _lines(table, keys.get(table, []), actor)]
    photos = shown(
        evidence_in(reach).filter(pk__in=keys.get("evidence", [])).order_by("created_at")
        if (reach := _reach(actor, "evidence.view")) is not None
        else [],
        reach or Reach(actor.county_id),
    )
    lines.sort(key=lambda line: (line.day, line.received is not None, str(line.received)))
    return Grounds(tuple(lines), tuple(photos), len(question.rows) - len(lines) - len(photos))


def _sign_in(row: SignIn) -> Ground:
    notes = []
    if row.distance is not None:
        notes.append(f"距村委会 {distance_text(row.distance)}")
    if row.accuracy is not None:
        notes.append(f"误差 {row.accuracy} 米")
    if row.late_reason:
        notes.append(f"补签原因：{row.late_reason}")
    return _ground(row, "签到", row.received_at, "，".join(notes), claimed=row.claimed_at)


def _journal(row: Journal) -> Ground:
    return _ground(
        row, "日志", row.received_at, "", url=reverse("fieldwork:journal", args=[row.pk])
    )


def _book_entry(row: BookEntry) -> Ground:
    return _ground(row, "考勤簿", row.created_at, "在村" if row.present else "不在村")


def _leave(row: Leave) -> Ground:
    return Ground(
        what=row.get_kind_display(),
        who=str(row.person),
        village=str(row.posting.village),
        day=row.first,
        received=row.created_at,
        claimed=None,
        note=f"至{row.away_until.month}月{row.away_until.day}日，{row.get_state_display()}：{row.reason}",
        url=reverse("fieldwork:leave", args=[row.pk]),
    )


def _ground(
    row: SignIn | Journal | BookEntry,
    what: str,
    received: datetime,
    note: str,
    *,
    claimed: datetime | None = None,
    url: str = "",
) -> Ground:
    month = [row.person_id, row.day.year, row.day.month]
    return Ground(
        what=what,
        who=str(row.person),
        village=str(row.posting.village),
        day=row.day,
        received=received,
        claimed=claimed,
        note=note,
        url=url or reverse("fieldwork:person-month", args=month),
    )


@dataclass(frozen=True)
class _Table:
    """How rows of a table are read and shown."""

    action: str
    rows_in: Callable[[Reach], QuerySet]
    line: Callable[..., Ground]


_TABLES = {
    "leave": _Table("leave.view", leaves_in, _leave),
    "bookentry": _Table("attendance.view", book_in, _book_entry),
    "signin": _Table("attendance.view", sign_ins_in, _sign_in),
    "journal": _Table("journal.view", journals_in, _journal),
}


def _lines(table: str, keys: Iterable[int], actor: Actor) -> list[Ground]:
    known = _TABLES[table]
    reach = _reach(actor, known.action)
    if reach is None or not keys:
        return []
    rows = known.rows_in(reach).filter(pk__in=list(keys))
    return [known.line(row) for row in rows.select_related("person", "posting__village")]


def _reach(actor: Actor, action: str) -> Reach | None:
    return actor.reach(action) if actor.may(action) else None
