"""What is written down during the year, and by when: the daily work behind the facts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from kaohe.scheme.model.base import Cited, Code, Hundredths, Part, Word

# What the site keeps in forms of its own; a fact can be counted from these without a record kind.
BuiltIn = Literal[
    "days_in_village",
    "months_of_service",
    "monthly_reports",
    "information_items",
    "research_reports",
    "household_fund_rate",
    "exit_incidence",
    "exit_recognition",
    "construction_fund_rate",
    "other_fund_rate",
]


class Quantity(Part):
    """A number that a record carries besides being there: people trained, money raised."""

    name: Word
    unit: Word
    maximum: Hundredths = Field(default=1_000_000_00, ge=0, le=1_000_000_000, validate_default=True)


class RecordKind(Cited):
    """A sort of work that is written down one by one, with evidence, and confirmed by somebody.

    ``target`` says what a record is about where that matters for counting: a household by its name,
    say. ``evidence`` is asked for, allowed or not offered.
    """

    code: Code
    name: Word
    kinds: tuple[Word, ...] = Field(min_length=1)
    quantity: Quantity | None = None
    target: Word | None = None
    evidence: Literal["required", "optional", "none"] = "optional"


class Source(Part):
    """Where the records lie that a fact is counted from.

    Exactly one of ``built_in`` and ``records`` (a record kind's code). Records are counted by
    ``rows``; or their quantity is taken: its ``sum``, the ``latest`` or the ``largest``; or, where
    they have a target, ``fewest``: the rows of the target that has least. ``among`` names the kind
    of records in which the targets are registered: those without a row have 0.
    """

    built_in: BuiltIn | None = None
    records: Code | None = None
    by: Literal["rows", "sum", "latest", "largest", "fewest"] = "rows"
    among: Code | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Source:
        if (self.built_in is None) == (self.records is None):
            raise ValueError("数据的 source：应有 built_in 或 records 之一")
        if self.built_in is not None and self.by != "rows":
            raise ValueError("数据的 source：by 只用于 records")
        if self.among is not None and self.by != "fewest":
            raise ValueError("数据的 source：among 只用于 by: fewest")
        return self


class Inspection(Cited):
    """A monthly look at some kinds of subjects: who leads it, who joins, told in advance or not.

    ``lead`` and ``joined`` are bodies as the regulation calls them; 乡镇 and 派出单位 are each
    subject's own township and sending department.
    """

    code: Code
    name: Word
    type: Literal["daily", "special"]
    lead: tuple[Word, ...] = Field(min_length=1)
    joined: tuple[Word, ...] = ()
    kinds: tuple[Word, ...] = Field(min_length=1)
    unannounced: bool = False


class RequiredDays(Cited):
    """How many days a month somebody of a kind has to be in the village, at least."""

    kind: Word
    days: int = Field(ge=1, le=31)


class Fieldwork(Part):
    """Terms of the daily work, in days; each says its clause where the regulation gives one."""

    name: Word = "平时工作的期限"
    journal_grace: int = Field(default=3, ge=0, le=31, description="日志可补写几天，之后锁定")
    late_sign_in: int = Field(default=7, ge=0, le=31, description="几天内可补签到，补签都有标记")
    report_due: int = Field(
        default=0, ge=0, le=31, description="月报应在次月几日前，0 为当月最后一天"
    )
    village_radius: int = Field(default=3000, ge=100, le=50_000, description="村界半径，米")
    service_month: int = Field(default=15, ge=1, le=31, description="当月在岗满几天，算在岗一个月")
    rectification: int = Field(default=15, ge=1, le=120, description="整改期限，天")
    progress_due: int = Field(default=30, ge=1, le=366, description="项目进度几天报一次")
    funds_idle: int = Field(default=60, ge=1, le=366, description="到位资金几天未支付算闲置")
    required_days: tuple[RequiredDays, ...] = ()
    basis: str | None = None
    reading: str | None = None

    def days_required_of(self, kind: str) -> int | None:
        """The least days a month of that kind; None when the regulation asks for none."""
        return next((one.days for one in self.required_days if one.kind == kind), None)
