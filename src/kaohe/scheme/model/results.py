"""What is computed: named results, ranks, grades, awards and consequences."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from kaohe.scheme.model.base import Cited, Code, Formula, Hundredths, Number, Part, Word


class Alternative(Cited):
    """What is taken instead when the formula before it has no value (and ``when`` holds)."""

    formula: Formula
    when: Formula | None = None


class Result(Cited):
    """A named number of a subject, rounded once.

    With ``each_round`` it is computed for each round named there, under the name given; the
    formula then speaks of that round. ``precision`` is the count of decimals (0 to 2).
    """

    name: Word
    each_round: dict[Code, Word] | None = None
    formula: Formula
    otherwise: tuple[Alternative, ...] = ()
    precision: int = Field(default=2, ge=0, le=2)
    rounding: Literal["half_up", "down", "up"] = "half_up"
    column: Code | dict[Code, Code] | None = None
    unit: str = "分"

    @model_validator(mode="after")
    def _columns_match_rounds(self) -> Result:
        if self.each_round is None:
            if isinstance(self.column, dict):
                raise ValueError(f"「{self.name}」不分轮次,column 应是一个列名")
        elif isinstance(self.column, str) or set(self.column or {}) - set(self.each_round):
            raise ValueError(f"「{self.name}」分轮次,column 应按轮次分别给出")
        return self

    def names(self) -> dict[str | None, str]:
        """Round code (None for the year) to the name of the result there."""
        if self.each_round is None:
            return {None: self.name}
        return {code: name for code, name in self.each_round.items()}  # noqa: C416 - widens the key

    def column_of(self, round_code: str | None) -> str | None:
        if isinstance(self.column, dict):
            return self.column.get(round_code or "")
        return self.column


class Rank(Cited):
    """A place by a result: ties share it and the next is skipped; no value, no place.

    ``among`` limits who is ranked, ``within`` ranks each class apart, ``start: bottom`` counts
    from the last.
    """

    name: Word
    of: Word
    among: Formula | None = None
    within: tuple[Code, ...] = ()
    start: Literal["top", "bottom"] = "top"
    column: Code | None = None


class Band(Part):
    name: Word
    at_least: Hundredths


class Override(Cited):
    """A determination or veto that sets the grade whatever the score; ``only`` limits from what."""

    when: Formula
    grade: Word
    only: tuple[Word, ...] = ()


class GradeQuota(Cited):
    """At most this share of a kind (or class) may have a grade; the rest get ``then``.

    The number of places is rounded down. A tie across the last place leaves all the tied out,
    and is reported for a decision.
    """

    grade: Word
    share: Number = Field(gt=0, le=1)
    within: tuple[Code, ...] = ()
    then: Word


class Grade(Cited):
    """Grades by bands of a result, from the highest down, then overrides, then quotas."""

    name: Word
    of: Word
    bands: tuple[Band, ...] = Field(min_length=1)
    overrides: tuple[Override, ...] = ()
    quotas: tuple[GradeQuota, ...] = ()
    column: Code | None = None

    @model_validator(mode="after")
    def _bands_descend(self) -> Grade:
        limits = [band.at_least for band in self.bands]
        if limits != sorted(set(limits), reverse=True):
            raise ValueError(f"「{self.name}」的各档应按 at_least 从高到低、互不相同")
        known = {band.name for band in self.bands}
        used = {name for over in self.overrides for name in (over.grade, *over.only)}
        used |= {name for quota in self.quotas for name in (quota.grade, quota.then)}
        if used - known:
            raise ValueError(f"「{self.name}」里没有等次「{'、'.join(sorted(used - known))}」")
        return self


class Place(Part):
    name: Word
    count: int = Field(ge=1)


class Award(Cited):
    """Prizes by a rank: the first ``count`` the first prize, the next the second, and so on.

    A tie across a boundary gives all the tied the better prize and is reported for a decision.
    """

    name: Word
    by: Word
    places: tuple[Place, ...] = Field(min_length=1)
    column: Code | None = None


class Consequence(Cited):
    """What follows when a condition over named values holds."""

    action: Word
    when: Formula
