"""Which tables and columns a scheme asks for: the headless contract, derived and never listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kaohe.scheme.model import Attribute, Scheme

ColumnType = Literal[
    "id",  # names a subject
    "text",  # a short text that is compared, so that a stray space matters
    "note",  # free text for people
    "choice",  # one of the column's choices
    "indicator",  # the code of an indicator of the subject's kind
    "indicators",  # such codes, joined by ;
    "hundredths",  # a number of at most two decimals
    "count",  # a whole number
    "flag",  # 1, 0 or empty
    "date",  # 2016-01-31
    "period",  # 2016-03, 2016Q1 or empty
]

TYPES = (("bonus", "加分"), ("deduction", "扣分"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a column and the texts a person may write for it."""

    value: str
    label: str
    also: tuple[str, ...] = ()

    def texts(self) -> Iterator[str]:
        yield from dict.fromkeys((self.value, self.label, *self.also))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``code`` and Chinese ``label`` are both accepted as its header.

    ``required`` is about the column; whether each cell must be filled depends on the row's kind.
    """

    code: str
    label: str
    type: ColumnType
    required: bool = False
    choices: tuple[Choice, ...] = ()
    note: str = ""

    @property
    def title(self) -> str:
        """How messages call the column: ``points（得分）``."""
        return f"{self.code}（{self.label}）"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``name`` and Chinese ``label`` are both accepted as its file or sheet."""

    name: str
    label: str
    columns: tuple[Column, ...]
    required: bool = False

    def column(self, code: str) -> Column:
        return next(column for column in self.columns if column.code == code)

    def has(self, code: str) -> bool:
        return any(column.code == code for column in self.columns)


TABLE_LABELS = {
    "subjects": "考核对象",
    "postings": "派驻",
    "scores": "指标得分",
    "adjustments": "加减分",
    "ballots": "测评票",
    "determinations": "认定",
    "facts": "数据",
}


def tables_of(scheme: Scheme) -> dict[str, Table]:
    """The tables that ``scheme`` reads, in the order people fill them.

    Tables that the scheme has no use for (ballots without a rating, say) are left out. Raises
    ValueError if two columns of a table would share a code or label.
    """
    columns: dict[str, tuple[Column, ...]] = {"subjects": _subjects(scheme)}
    if scheme.links:
        columns["postings"] = _postings(scheme)
    columns["scores"] = _scores(scheme)
    if any(kind.sides() for kind in scheme.kinds):
        columns["adjustments"] = _adjustments(scheme)
    if scheme.ballot is not None:
        columns["ballots"] = _ballots(scheme)
    if scheme.determinations:
        columns["determinations"] = _determinations(scheme)
    if any(fact.code for fact in scheme.facts):
        columns["facts"] = _facts(scheme)
    return {
        name: Table(name, TABLE_LABELS[name], _distinct(name, found), name in _REQUIRED)
        for name, found in columns.items()
    }


_REQUIRED = ("subjects", "scores")

_SUBJECT = Column(
    "subject_id", "编号", "id", required=True, note="考核对象的编号，见「考核对象」表"
)


def _distinct(table: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    seen: set[str] = set()
    for column in columns:
        for header in {column.code, column.label}:
            if header in seen:
                raise ValueError(
                    f"「{TABLE_LABELS[table]}」表有两列都叫「{header}」：请在办法文件里改名"
                )
            seen.add(header)
    return columns


def _round(scheme: Scheme, *, required: bool = True) -> Column:
    choices = tuple(Choice(r.code, r.name) for r in scheme.rounds)
    note = "" if required else "全年的数据可以空着"
    return Column("round", "轮次", "choice", required=required, choices=choices, note=note)


def _subjects(scheme: Scheme) -> tuple[Column, ...]:
    kinds = tuple(Choice(kind.name, kind.name, (kind.code,)) for kind in scheme.kinds)
    return (
        Column("subject_id", "编号", "id", required=True, note="不重复，不含空格"),
        Column("kind", "对象类型", "choice", required=True, choices=kinds),
        Column("name", "名称", "text", required=True),
        Column("county", "县", "text", note="一份数据含多个县时填写"),
        *(_attribute(attribute) for attribute in scheme.attributes),
    )


def _attribute(attribute: Attribute) -> Column:
    notes = [f"用于：{'、'.join(attribute.kinds)}"]
    if attribute.type == "indicators":
        notes.append("适用的指标编号，用半角分号隔开，如 2.1;2.3；空着表示没有")
    if attribute.type == "flag":
        notes.append("1（是）、0（否）或空着")
    return Column(
        attribute.code,
        attribute.name,
        "hundredths" if attribute.type == "number" else attribute.type,
        required=attribute.required and not attribute.members,
        choices=tuple(Choice(value, value) for value in attribute.values),
        note="；".join(notes),
    )


def _postings(scheme: Scheme) -> tuple[Column, ...]:
    links = (
        Column(link.code, link.name, "id", required=True, note=f"{link.to}的编号，见「考核对象」表")
        for link in scheme.links
    )
    return (
        _SUBJECT,
        *links,
        Column("village", "村", "note"),
        Column("start", "开始日期", "date", required=True, note="如 2016-01-31"),
        Column("end", "结束日期", "date", note="如 2016-12-31；仍在岗的空着"),
    )


def _scores(scheme: Scheme) -> tuple[Column, ...]:
    columns = (
        _SUBJECT,
        _round(scheme),
        Column("indicator", "指标", "indicator", required=True, note="末级指标的编号，如 2.1"),
        Column("points", "得分", "hundredths", required=True, note="最多两位小数"),
    )
    if not any(kind.scoring for kind in scheme.kinds):
        return columns
    weights = _union(tuple(kind.scoring.weights) for kind in scheme.kinds if kind.scoring)
    note = f"如 {'、'.join(weights)}" if weights else "评分人，同一指标各不相同"
    return (*columns, Column("source", "评分来源", "text", required=True, note=note))


def _adjustments(scheme: Scheme) -> tuple[Column, ...]:
    items = _choices(
        (item.code, item.name)
        for kind in scheme.kinds
        for side in kind.sides().values()
        for item in side.items
    )
    return (
        _SUBJECT,
        _round(scheme),
        Column(
            "type",
            "类型",
            "choice",
            required=True,
            choices=tuple(Choice(code, label) for code, label in TYPES),
        ),
        Column("item", "事项", "choice", required=True, choices=items, note="事项的编号或名称"),
        Column("points", "分值", "hundredths", required=True, note="大于 0，最多两位小数"),
        Column("reason", "事由", "note"),
    )


def _ballots(scheme: Scheme) -> tuple[Column, ...]:
    assert scheme.ballot is not None
    options = (
        Column(option.code, option.name, "count", required=True, note="票数，空着即 0")
        for option in scheme.ballot.options
    )
    return (_SUBJECT, _round(scheme), *options)


def _determinations(scheme: Scheme) -> tuple[Column, ...]:
    types = tuple(Choice(d.code, d.name) for d in scheme.determinations)
    return (
        _SUBJECT,
        Column("type", "类型", "choice", required=True, choices=types),
        Column("date", "日期", "date", required=True, note="如 2016-01-31"),
        Column("reason", "事由", "note"),
    )


def _facts(scheme: Scheme) -> tuple[Column, ...]:
    facts = _choices((fact.code, fact.name) for fact in scheme.facts if fact.code is not None)
    return (
        _SUBJECT,
        _round(scheme, required=False),
        Column("period", "时段", "period", note="按月的如 2016-03，按季的如 2016Q1，其余空着"),
        Column("fact", "数据项", "choice", required=True, choices=facts, note="编号或名称"),
        Column("value", "数值", "hundredths", required=True, note="不小于 0，最多两位小数"),
    )


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Kinds may call one code by different names: each is a choice."""
    return tuple(Choice(code, name) for code, name in dict.fromkeys(pairs))


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in lists for text in texts))
