"""The whole of a regulation as data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field, model_validator

from kaohe.scheme.model.base import Cited, Code, Day, Hundredths, Number, Part, Word
from kaohe.scheme.model.indicators import Adjustments, Indicator
from kaohe.scheme.model.records import Fieldwork, Inspection, RecordKind
from kaohe.scheme.model.results import Award, Consequence, Grade, Rank, Result
from kaohe.scheme.model.subjects import Attribute, Determination, Fact, Link


class Period(Part):
    start: Day
    end: Day

    @model_validator(mode="after")
    def _forward(self) -> Period:
        if self.end < self.start:
            raise ValueError(f"结束日期 {self.end} 早于开始日期 {self.start}")
        return self

    @property
    def months(self) -> int:
        """Calendar months touched by the period."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


class Round(Cited):
    """A time at which subjects are scored; ``period`` is what it looks back on."""

    code: Code
    name: Word
    period: Period
    due: Day | None = None


class Option(Part):
    """A choice on a rating ballot; without a ``value`` it is not counted (弃权)."""

    code: Code
    name: Word
    value: Hundredths | None = None


class Ballot(Cited):
    """Rating ballots; ``name`` in a formula is the mean value of the counted ballots."""

    name: Word
    kinds: tuple[Word, ...] = Field(min_length=1)
    options: tuple[Option, ...] = Field(min_length=2)


class Scoring(Cited):
    """How several scores of one indicator become one.

    Either the mean of at least ``at_least`` scorers, without the highest or the lowest where
    said, or a mean weighted by ``weights`` of named sources. The outcome is rounded half-up
    to hundredths, once.
    """

    drop_highest: bool = False
    drop_lowest: bool = False
    at_least: int = Field(default=1, ge=1, le=99)
    weights: dict[Word, Number] = {}

    @model_validator(mode="after")
    def _possible(self) -> Scoring:
        dropped = self.drop_highest + self.drop_lowest
        if self.weights and (dropped or self.at_least > 1):
            raise ValueError("scoring 的 weights 与 drop_highest、drop_lowest、at_least 不能同用")
        if self.weights and sum(self.weights.values()) != 1:
            raise ValueError("scoring 的 weights 合计应为 1")
        if dropped >= self.at_least and dropped:
            raise ValueError(f"去掉 {dropped} 个分数,at_least 至少应为 {dropped + 1}")
        return self


class Kind(Cited):
    """A kind of subjects: its indicators, and everything computed for it."""

    name: Word
    code: Code
    form: str = ""
    points: Decimal = Decimal(100)
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    scoring: Scoring | None = None
    bonus: Adjustments | None = None
    deduction: Adjustments | None = None
    results: tuple[Result, ...] = Field(min_length=1)
    ranks: tuple[Rank, ...] = ()
    grade: Grade | None = None
    award: Award | None = None
    consequences: tuple[Consequence, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Kind:
        total = sum((i.points for i in self.indicators), Decimal(0))
        if total != self.points:
            raise ValueError(f"「{self.name}」各指标合计 {total} 分，应为 {self.points} 分")
        return self

    def nodes(self) -> Iterator[Indicator]:
        for top in self.indicators:
            yield from top.walk()

    def leaves(self) -> Iterator[Indicator]:
        for top in self.indicators:
            yield from top.leaves()

    def sides(self) -> dict[str, Adjustments]:
        """Type as in the ``adjustments`` table to its side of the scheme."""
        both = {"bonus": self.bonus, "deduction": self.deduction}
        return {code: side for code, side in both.items() if side is not None}


class Column(Part):
    """A column of the results table and its Chinese label; ``trim`` drops trailing zeros."""

    column: Code
    label: Word
    trim: bool = False


class Limits(Part):
    """What the input may hold at most; exact arithmetic is proved safe within these.

    Args:
        ballots: of one option in one meeting.
        linked: subjects linked to one unit.
        events: bonus (or deduction) events of one subject in one round.
        event_points: points of one event (分).
    """

    ballots: int = Field(default=100_000, ge=1, le=10_000_000)
    linked: int = Field(default=10_000, ge=1, le=1_000_000)
    events: int = Field(default=1_000, ge=1, le=100_000)
    event_points: int = Field(default=100, ge=1, le=1_000)
    number: int = Field(default=1_000_000, ge=1, le=1_000_000_000)


class Note(Part):
    """A reading that belongs to no single line of the scheme."""

    about: Word
    reading: str
    basis: str | None = None


class Scheme(Part):
    """A regulation as data. Build one with :func:`kaohe.scheme.load`, which checks it whole."""

    scheme: Code
    title: Word
    version: int = Field(ge=1)
    source: str = ""
    year: Period
    rounds: tuple[Round, ...] = Field(min_length=1)
    attributes: tuple[Attribute, ...] = ()
    links: tuple[Link, ...] = ()
    determinations: tuple[Determination, ...] = ()
    records: tuple[RecordKind, ...] = ()
    fieldwork: Fieldwork = Fieldwork()
    inspections: tuple[Inspection, ...] = ()
    facts: tuple[Fact, ...] = ()
    ballot: Ballot | None = None
    kinds: tuple[Kind, ...] = Field(min_length=1)
    columns: tuple[Column, ...] = Field(min_length=1)
    limits: Limits = Limits()
    notes: tuple[Note, ...] = ()

    def __repr__(self) -> str:
        return f"<Scheme {self.scheme} version {self.version}>"

    def kind(self, name: str) -> Kind:
        return next(k for k in self.kinds if k.name == name)

    def round(self, code: str) -> Round:
        return next(r for r in self.rounds if r.code == code)

    def attributes_of(self, kind: str) -> tuple[Attribute, ...]:
        return tuple(a for a in self.attributes if kind in a.kinds)

    def facts_of(self, kind: str) -> tuple[Fact, ...]:
        return tuple(f for f in self.facts if kind in f.kinds)

    def records_of(self, kind: str) -> tuple[RecordKind, ...]:
        return tuple(r for r in self.records if kind in r.kinds)

    def determinations_of(self, kind: str) -> tuple[Determination, ...]:
        return tuple(d for d in self.determinations if kind in d.kinds)

    def link(self, kind: str, to: str) -> Link | None:
        """The column of ``postings`` by which ``kind`` is linked to a unit of kind ``to``."""
        return next((x for x in self.links if kind in x.kinds and x.to == to), None)

    def posted(self, kind: str) -> bool:
        return any(kind in link.kinds for link in self.links)

    def rated(self, kind: str) -> bool:
        return self.ballot is not None and kind in self.ballot.kinds
