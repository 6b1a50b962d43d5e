"""What a closing published, what has moved since, and which later closings lean on its month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from kaohe.scheme.model import Fact
from kaohe.web.common.actor import Actor
from kaohe.web.fieldwork.facts.behind import Behind, Row, label_of, lines
from kaohe.web.fieldwork.facts.derive import sourced
from kaohe.web.fieldwork.facts.moves import Move, moves_between, moves_since
from kaohe.web.fieldwork.facts.subjects import Subject
from kaohe.web.fieldwork.models import MonthClosing


@dataclass(frozen=True)
class Published:
    """A fact of a closing, of how many subjects of a kind."""

    kind: str
    fact: Fact
    number: int


def published(closing: MonthClosing) -> list[Published]:
    """The facts that a closing holds, in the scheme's order. As long as it stands they count."""
    rows = closing.facts.order_by().values("kind", "fact", "period").annotate(number=Count("pk"))
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        # A round's fact is there for each round that its month belongs to: one of them tells.
        key = row["kind"], row["fact"]
        found[key] = max(found.get(key, 0), row["number"])
    return [
        Published(kind, fact, found[kind, str(fact.code)])
        for fact in sourced(closing.year)
        for kind in fact.kinds
        if (kind, fact.code) in found
    ]


def later_closings(closing: MonthClosing) -> list[MonthClosing]:
    """The closed months after it: what they count from the round's or quarter's start on holds it.

    They stand as they are until they are closed anew themselves.
    """
    rows = MonthClosing.objects.filter(
        year=closing.year_id, month__gt=closing.month, reopened_at__isnull=True
    )
    return list(rows.order_by("month"))


def closed_anew(closing: MonthClosing) -> MonthClosing | None:
    """The closing that came after the month was opened again; None while there is none."""
    rows = MonthClosing.objects.filter(year=closing.year_id, month=closing.month)
    return rows.filter(pk__gt=closing.pk).order_by("pk").first()


def moves_of(closing: MonthClosing, subjects: Sequence[Subject]) -> list[Move]:
    """The subjects' numbers that differ from a closing's: in the one after it, else as of today."""
    later = closed_anew(closing)
    if later is None:
        return moves_since(closing, subjects)
    return moves_between(closing, later, subjects)


@dataclass(frozen=True)
class Cause:
    """A row that moved a number: how (come, gone, changed), and its page if it can be seen."""

    how: str
    label: str
    row: Behind | None


@dataclass(frozen=True)
class Explained:
    """A move with the rows that made it."""

    move: Move
    causes: tuple[Cause, ...]


def with_rows(actor: Actor, moves: Sequence[Move]) -> list[Explained]:
    """Each move with its rows as the actor may see them; a few queries for all of them."""
    every = [row for one in moves for row in (*one.come, *one.gone, *one.changed)]
    seen = lines(actor, every)

    def causes(how: str, rows: Sequence[Row]) -> list[Cause]:
        return [Cause(how, label_of(row[0]), seen.get(row)) for row in rows]

    return [
        Explained(
            one,
            (
                *causes("新计入", one.come),
                *causes("不再计入", one.gone),
                *causes("已修改", one.changed),
            ),
        )
        for one in moves
    ]
