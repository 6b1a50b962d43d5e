"""Measured rules: how facts become points.

Each rule is only a form to fill in: it is turned into formula text (:meth:`formula_text`), so
that checking, computing and explaining a measured indicator is the same as for any formula.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from kaohe.scheme.model.base import Formula, Number, Part, Points, Word


class QuotaPart(Part):
    """One thing to be delivered: how much came, how much was owed, what it is worth."""

    fact: Word
    quota: Formula
    points: Formula


class QuotaRule(Part):
    """Points in proportion to a quota reached; more than the quota earns nothing more."""

    type: Literal["quota"]
    parts: tuple[QuotaPart, ...] = Field(min_length=1)

    def formula_text(self, full: str) -> str:
        return " + ".join(
            f"最小({p.fact}, {p.quota.text}) / ({p.quota.text}) * ({p.points.text})"
            for p in self.parts
        )


class ThresholdRule(Part):
    """Full points when a fact reaches (or stays within) a limit, ``otherwise`` points if not."""

    type: Literal["threshold"]
    fact: Word
    at_least: Number | None = None
    at_most: Number | None = None
    below: Number | None = None
    points: Points | None = None
    otherwise: Points = Field(default=0, validate_default=True)

    @model_validator(mode="after")
    def _one_limit(self) -> ThresholdRule:
        if sum(x is not None for x in (self.at_least, self.at_most, self.below)) != 1:
            raise ValueError("threshold 规则应恰有 at_least、at_most、below 之一")
        return self

    def formula_text(self, full: str) -> str:
        if self.at_least is not None:
            condition = f"{self.fact} >= {self.at_least}"
        elif self.at_most is not None:
            condition = f"{self.fact} <= {self.at_most}"
        else:
            condition = f"{self.fact} < {self.below}"
        points = full if self.points is None else self.points
        return f"如果({condition}, {points}, {self.otherwise})"


class LadderRule(Part):
    """``first`` points at ``start``, then ``add`` for each further ``every``, at most ``most``."""

    type: Literal["ladder"]
    fact: Word
    start: Number
    first: Points
    every: Number = Field(gt=0)
    add: Points
    most: Points

    def formula_text(self, full: str) -> str:
        steps = f"{self.first} + 取整(({self.fact} - {self.start}) / {self.every}) * {self.add}"
        return f"如果({self.fact} < {self.start}, 0, 最小({self.most}, {steps}))"


class TableRow(Part):
    at_least: Number
    points: Points


class TableRule(Part):
    """A table of steps: the points of the highest row that the fact reaches, else ``otherwise``."""

    type: Literal["table"]
    fact: Word
    rows: tuple[TableRow, ...] = Field(min_length=1)
    otherwise: Points = Field(default=0, validate_default=True)

    @model_validator(mode="after")
    def _descending(self) -> TableRule:
        limits = [row.at_least for row in self.rows]
        if limits != sorted(set(limits), reverse=True):
            raise ValueError("table 规则的各行应按 at_least 从大到小、互不相同")
        return self

    def formula_text(self, full: str) -> str:
        text = str(self.otherwise)
        for row in reversed(self.rows):
            text = f"如果({self.fact} >= {row.at_least}, {row.points}, {text})"
        return text


class OverrunRule(Part):
    """Full points, less ``off`` for every ``per`` beyond ``limit``; a part of one counts whole."""

    type: Literal["overrun"]
    fact: Word
    limit: Number
    per: Number = Field(gt=0)
    off: Points

    def formula_text(self, full: str) -> str:
        begun = f"-取整(({self.limit} - {self.fact}) / {self.per})"
        return f"最大(0, {full} - 最大(0, {begun}) * {self.off})"


class CompletionRule(Part):
    """Points in proportion to a target reached, at most full."""

    type: Literal["completion"]
    fact: Word
    target: Formula

    def formula_text(self, full: str) -> str:
        return f"最小({self.fact} / ({self.target.text}), 1) * {full}"


class RankRule(Part):
    """Points by rank within the kind (or a class of it): from a table, or by share of the best.

    Ties share the better rank. Beyond the table's end the last row's points stand.
    """

    type: Literal["rank"]
    fact: Word
    within: tuple[Word, ...] = ()
    table: tuple[Points, ...] = ()
    share_of_best: bool = False

    @model_validator(mode="after")
    def _table_or_share(self) -> RankRule:
        if bool(self.table) == self.share_of_best:
            raise ValueError("rank 规则应有 table 或 share_of_best 之一")
        return self

    def formula_text(self, full: str) -> str:
        if self.share_of_best:
            return f"如果({self.fact}最高 == 0, 0, {self.fact} / {self.fact}最高 * {full})"
        text = str(self.table[-1])
        for place in range(len(self.table) - 1, 0, -1):
            text = f"如果({self.fact}名次 <= {place}, {self.table[place - 1]}, {text})"
        return text


class FormulaRule(Part):
    """Any formula over facts and attributes, for what the forms above do not say."""

    type: Literal["formula"]
    formula: Formula

    def formula_text(self, full: str) -> str:
        return self.formula.text


Rule = Annotated[
    QuotaRule
    | ThresholdRule
    | LadderRule
    | TableRule
    | OverrunRule
    | CompletionRule
    | RankRule
    | FormulaRule,
    Field(discriminator="type"),
]
