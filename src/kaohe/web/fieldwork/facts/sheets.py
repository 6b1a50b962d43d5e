"""Facts as pages lay them out: a subject's year, and a kind's month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kaohe.scheme.model import Fact
from kaohe.web.fieldwork.facts.closed import Standing, standing_facts
from kaohe.web.fieldwork.facts.derive import sourced
from kaohe.web.fieldwork.facts.periods import without_doubles
from kaohe.web.fieldwork.facts.required import Required, least_days, required_of
from kaohe.web.fieldwork.facts.subjects import Key, Subject
from kaohe.web.roster.models import WorkYear

PER = {"month": "当月", "quarter": "本季至月末", "round": "考核期至月末"}


@dataclass(frozen=True)
class Cell:
    """A number on a page: what stands, and whether it falls short of the days asked for."""

    standing: Standing
    short: bool

    @property
    def shown(self) -> str:
        """The number without needless noughts."""
        return f"{self.standing.derived.value.normalize():f}"

    @property
    def closed(self) -> bool:
        return self.standing.closing is not None


@dataclass(frozen=True)
class Line:
    """A fact with a cell for each month (None: no fact), and what the regulation asks of it."""

    fact: Fact
    cells: tuple[Cell | None, ...]
    required: tuple[Required, ...]

    @property
    def per(self) -> str:
        return PER[self.fact.per]


def year_sheet(year: WorkYear, subject: Subject, months: Sequence[date]) -> list[Line]:
    """A subject's facts, each with the months."""
    cells = _cells(year, months, [subject])
    return [
        Line(
            fact,
            tuple(cells.get((subject.key, str(fact.code), month)) for month in months),
            tuple(required_of(year.scheme, subject.kind, fact)),
        )
        for fact in facts_of(year, subject.kind)
    ]


@dataclass(frozen=True)
class SubjectRow:
    """A subject with a cell for each fact of its kind."""

    subject: Subject
    cells: tuple[Cell | None, ...]


def month_sheet(
    year: WorkYear, kind: str, subjects: Sequence[Subject], month: date
) -> list[SubjectRow]:
    """All the subjects of a kind in a month."""
    mine = [one for one in subjects if one.kind == kind]
    cells = _cells(year, [month], mine)
    facts = facts_of(year, kind)
    return [
        SubjectRow(one, tuple(cells.get((one.key, str(fact.code), month)) for fact in facts))
        for one in mine
    ]


def facts_of(year: WorkYear, kind: str) -> list[Fact]:
    """The facts of a kind that are counted from records."""
    return [fact for fact in sourced(year) if kind in fact.kinds]


def kinds_of(year: WorkYear) -> list[str]:
    """The kinds that have such facts, in the scheme's order."""
    return [kind.name for kind in year.scheme.kinds if facts_of(year, kind.name)]


def standing_of(year: WorkYear, subject: Subject, fact: Fact, month: date) -> Cell | None:
    """One number, as the sheets show it."""
    return _cells(year, [month], [subject]).get((subject.key, str(fact.code), month))


def _cells(
    year: WorkYear, months: Sequence[date], subjects: Sequence[Subject]
) -> dict[tuple[Key, str, date], Cell]:
    """Of rounds that began together the longest: until a month's end they hold the same."""
    standing = standing_facts(year, months, subjects)
    shown = {one.key for one in without_doubles(one.derived.period for one in standing)}
    found = {}
    for one in standing:
        derived = one.derived
        if derived.period.key in shown:
            least = least_days(year.scheme, derived.subject.kind, derived.fact)
            short = least is not None and derived.value < least
            key = (derived.subject.key, str(derived.fact.code), derived.period.month)
            found[key] = Cell(one, short)
    return found
