"""Who is assessed: attributes, links between subjects, and determinations about them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from kaohe.scheme.model.base import Cited, Code, Formula, Hundredths, Part, Word
from kaohe.scheme.model.records import Source


class Attribute(Part):
    """A column of ``subjects`` beyond id, kind and name.

    ``flag`` is 1, 0 or empty; ``indicators`` is a list of indicator codes joined by ``;``.
    ``members`` gives a flag its value by the subject's name where the column says nothing,
    for regulations that list the units one by one.
    """

    code: Code
    name: Word
    type: Literal["text", "flag", "number", "indicators"]
    kinds: tuple[Word, ...] = Field(min_length=1)
    required: bool = False
    values: tuple[Word, ...] = ()
    members: tuple[Word, ...] = ()
    basis: str | None = None
    reading: str | None = None

    @model_validator(mode="after")
    def _members_are_for_flags(self) -> Attribute:
        if self.members and self.type != "flag":
            raise ValueError(f"属性「{self.name}」：只有 flag 类型可以用 members 列名单")
        if self.values and self.type != "text":
            raise ValueError(f"属性「{self.name}」：只有 text 类型可以用 values 限定取值")
        return self


class Link(Cited):
    """A column of ``postings`` that names the unit a subject serves or was sent by.

    A posting counts for that unit when it lasted ``min_service_days`` days of the year.
    """

    code: Code
    name: Word
    to: Word
    kinds: tuple[Word, ...] = Field(min_length=1)
    min_service_days: int = Field(default=1, ge=1, le=366)


class Determination(Cited):
    """A decision of the headquarters about one subject; its name is a flag in formulas."""

    code: Code
    name: Word
    kinds: tuple[Word, ...] = Field(min_length=1)


class Fact(Part):
    """A number that records of the year give, or a total derived from one.

    A recorded fact has a ``code`` (the ``fact`` column) and arrives once a ``per`` period.
    A derived one names the recorded fact it is ``of`` and what ``each`` period contributes,
    a formula in which 值 is the period's value. ``source`` says which records of the year's work
    a recorded fact is counted from; without it somebody enters the number.
    """

    name: Word
    code: Code | None = None
    of: Code | None = None
    unit: str = ""
    per: Literal["month", "quarter", "round"] = "round"
    kinds: tuple[Word, ...] = Field(min_length=1)
    each: Formula | None = None
    aggregate: Literal["sum", "max", "min"] = "sum"
    maximum: Hundredths = Field(default=1_000_000, ge=0, le=1_000_000_000, validate_default=True)
    source: Source | None = None
    basis: str | None = None
    reading: str | None = None

    @model_validator(mode="after")
    def _recorded_or_derived(self) -> Fact:
        if (self.code is None) == (self.of is None):
            raise ValueError(
                f"数据「{self.name}」：应有 code（直接登记）或 of（由别的数据得出）之一"
            )
        if self.source is not None and self.code is None:
            raise ValueError(f"数据「{self.name}」：source 只用于直接登记的（code）")
        if self.each is not None and self.of is None:
            raise ValueError(f"数据「{self.name}」：each 只用于由别的数据得出的（of）")
        return self
