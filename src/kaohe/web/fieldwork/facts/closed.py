"""Facts as they stood when their month was closed: the published ones, until it is closed anew."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kaohe.web.fieldwork.facts.derive import Derived, derive, sourced
from kaohe.web.fieldwork.facts.periods import periods_of
from kaohe.web.fieldwork.facts.subjects import Subject
from kaohe.web.fieldwork.models import ClosedFact, MonthClosing
from kaohe.web.roster.models import Person, Team, Unit, WorkYear


@dataclass(frozen=True)
class Standing:
    """A fact as pages and the engine take it: published with its month, or as it is counted now."""

    derived: Derived
    closing: MonthClosing | None


def standing_closings(year: WorkYear) -> dict[date, MonthClosing]:
    """The closed months of a year, by their first day."""
    rows = MonthClosing.objects.filter(year=year, reopened_at__isnull=True)
    return {row.month: row for row in rows}


def standing_facts(
    year: WorkYear, months: Sequence[date], subjects: Sequence[Subject]
) -> list[Standing]:
    """The facts of each month: those stored of closed months, those derived now of the others."""
    closings = standing_closings(year)
    found = [
        Standing(one, closings[month])
        for month in months
        if month in closings
        for one in stored(closings[month], subjects)
    ]
    live = [month for month in months if month not in closings]
    return found + [Standing(one, None) for one in derive(year, live, subjects)]


def stored(closing: MonthClosing, subjects: Sequence[Subject]) -> list[Derived]:
    """What a closing holds of the subjects, in the order in which it was derived."""
    facts = {fact.code: fact for fact in sourced(closing.year)}
    periods = {one.code: one for one in periods_of(closing.year.scheme, closing.month)}
    known = {one.key: one for one in subjects}
    rows = ClosedFact.objects.filter(closing=closing)
    if len(subjects) == 1:
        rows = rows.filter(**_whose(subjects[0]))
    return [
        Derived(known[key], facts[row.fact], periods[row.period], row.value, _rows(row))
        for row in rows.order_by("pk")
        if (key := (row.kind, row.unit_id or row.person_id or row.team_id or 0)) in known
    ]


def as_stored(closing: MonthClosing, derived: Iterable[Derived]) -> list[ClosedFact]:
    """The rows in which a closing keeps facts."""
    return [
        ClosedFact(
            closing=closing,
            kind=one.subject.kind,
            fact=str(one.fact.code),
            period=one.period.code,
            value=one.value,
            rows=_by_table(one.rows),
            **_whose(one.subject),
        )
        for one in derived
    ]


def digest(facts: Iterable[ClosedFact]) -> str:
    """The sha256 of stored facts: each a line, the lines in order."""
    lines = sorted(
        json.dumps(
            [
                row.kind,
                [row.unit_id, row.person_id, row.team_id],
                row.fact,
                row.period,
                f"{row.value:.2f}",
                row.rows,
            ],
            ensure_ascii=False,
            sort_keys=True,
        )
        for row in facts
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def is_intact(closing: MonthClosing) -> bool:
    """Whether the stored facts still have the hash that the audit log was told."""
    return digest(closing.facts.all()) == closing.sha256


def _whose(subject: Subject) -> dict[str, Unit | Person | Team]:
    if isinstance(subject.row, Unit):
        return {"unit": subject.row}
    return {"person" if isinstance(subject.row, Person) else "team": subject.row}


def _by_table(rows: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for table, pk in rows:
        found[table].append(pk)
    return dict(found)


def _rows(row: ClosedFact) -> tuple[tuple[str, int], ...]:
    return tuple((table, pk) for table, keys in row.rows.items() for pk in keys)
