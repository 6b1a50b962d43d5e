"""What is assessed: the tree of indicators, and bonus and deduction items."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field, model_validator

from kaohe.scheme.model.base import Cited, Code, Formula, Part, Points, Word
from kaohe.scheme.model.measures import Rule


class Measure(Cited):
    """A rule that gives an indicator or item its points from facts, unless a row gives them.

    ``rounds`` limits the rule to some rounds; None means all.
    """

    rule: Rule
    rounds: tuple[Code, ...] | None = None


class Applies(Part):
    """To whom an indicator applies: who lists it in an attribute, or meets a condition."""

    listed_in: Code | None = None
    when: Formula | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Applies:
        if (self.listed_in is None) == (self.when is None):
            raise ValueError("applies 应有 listed_in（属性的代码）或 when（条件公式）之一")
        return self


class Scaling(Cited):
    """What a group is worth when only some of its indicators apply, or none.

    Some: their points are scaled to the group's points. None: the points of the group
    ``none_takes`` are scaled to them instead.
    """

    none_takes: Code


class Indicator(Cited):
    """A node of the tree. A leaf is scored; a group is the sum of its children.

    Args:
        points: the most that can be had (分).
        step: judged points come in multiples of this (分).
        text: the clause's words; ``criteria``: its (1)(2)(3) where these are not scored apart.
    """

    code: Code
    name: Word
    points: Points = Field(gt=0)
    step: Points = Field(default=Decimal("0.1"), gt=0)
    text: str = ""
    criteria: tuple[str, ...] = ()
    applies: Applies | None = None
    measure: Measure | None = None
    scaling: Scaling | None = None
    children: tuple[Indicator, ...] = ()

    @model_validator(mode="after")
    def _group_adds_up(self) -> Indicator:
        if not self.children:
            if self.scaling is not None:
                raise ValueError(f"指标 {self.code}「{self.name}」没有下级指标，不能写 scaling")
            return self
        if self.measure is not None or self.applies is not None:
            raise ValueError(
                f"指标 {self.code}「{self.name}」有下级指标,measure 和 applies 应写在最末级指标上"
            )
        total = sum((c.points for c in self.children), Decimal(0))
        if total != self.points:
            raise ValueError(
                f"指标 {self.code}「{self.name}」是 {self.points} 分，下级指标合计却是 {total} 分"
            )
        return self

    @property
    def conditional(self) -> bool:
        """Whether it applies by a condition (``when``) on the subject."""
        return self.applies is not None and self.applies.when is not None

    def walk(self) -> Iterator[Indicator]:
        """This node and all below it, in the regulation's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[Indicator]:
        return (node for node in self.walk() if not node.children)


class Item(Cited):
    """A bonus or deduction item; ``cap`` limits what it can bring in one round (分)."""

    code: Code
    name: Word
    cap: Points | None = None
    measure: Measure | None = None


class Adjustments(Cited):
    """The bonus (or deduction) side: its name in formulas, its cap a round, its items."""

    name: Word
    cap: Points
    items: tuple[Item, ...] = Field(min_length=1)
