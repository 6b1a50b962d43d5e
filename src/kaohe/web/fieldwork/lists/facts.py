"""A kind's facts in a month, as a list and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from kaohe.scheme.model import Fact
from kaohe.web.fieldwork.facts.sheets import PER, Cell, SubjectRow
from kaohe.web.fieldwork.facts.subjects import Subject
from kaohe.web.fieldwork.lists.journals import NUMBER
from kaohe.web.roster.models import Unit


def subject_url(subject: Subject, page: str = "fact") -> str:
    """The subject's page, or another about it."""
    if isinstance(subject.row, Unit):
        return reverse(f"fieldwork:{page}-unit", args=[subject.row.pk])
    return reverse(f"fieldwork:{page}-posting", args=[subject.postings[-1].pk])


class FactColumn(tables.Column):
    """A fact's numbers, each leading to the rows behind it."""

    def __init__(self, fact: Fact, query: str) -> None:
        unit = f"（{fact.unit}）" if fact.unit else ""
        name = f"{fact.name}{unit}"
        super().__init__(
            name, accessor=f"cell-{fact.code}", order_by=f"value-{fact.code}", attrs=NUMBER
        )
        self.fact, self.query = fact, query

    def render(self, value: Cell, record: dict[str, Any]) -> SafeString:
        address = subject_url(record["subject"], "fact-rows")
        url = f"{address}?fact={self.fact.code}&{self.query}"
        return render_to_string("fieldwork/fact_number.html", {"cell": value, "url": url})


class FactTable(tables.Table):
    """Subjects of one kind, each with its facts."""

    name = tables.Column("考核对象", order_by="id")
    place = tables.Column("所在", default="")

    class Meta:
        attrs = {"data-keys": True, "title": "平时数据"}
        order_by = ("name",)

    def render_name(self, value: str, record: dict[str, Any]) -> SafeString:
        context = {"name": value, "url": f"{subject_url(record['subject'])}?{record['query']}"}
        return render_to_string("fieldwork/fact_subject_name.html", context)


def fact_table(
    facts: Sequence[Fact], rows: Sequence[SubjectRow], query: str, year_query: str
) -> FactTable:
    """The table, with a column for each fact; query is the month as addresses carry it."""
    columns = [(f"cell-{fact.code}", FactColumn(fact, query)) for fact in facts]
    places = any(row.subject.place for row in rows)
    return FactTable(
        [_line(facts, row, year_query) for row in rows],
        extra_columns=columns,
        exclude=() if places else ("place",),
    )


def _line(facts: Sequence[Fact], row: SubjectRow, query: str) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": row.subject.subject_id,
        "name": row.subject.name,
        "place": row.subject.place,
        "subject": row.subject,
        "query": query,
    }
    for fact, cell in zip(facts, row.cells, strict=True):
        line[f"cell-{fact.code}"] = cell
        # What is not there comes before what is least.
        line[f"value-{fact.code}"] = cell.standing.derived.value if cell else Decimal(-1)
    return line


def fact_lines(
    facts: Sequence[Fact], rows: Sequence[SubjectRow]
) -> tuple[list[str], list[list[object]]]:
    """The same as heads and lines of a workbook; what is no fact stays empty."""
    heads = [
        "编号",
        "考核对象",
        "所在",
        *(f"{fact.name}（{fact.unit}，{PER[fact.per]}）" for fact in facts),
    ]
    lines: list[list[object]] = [
        [
            row.subject.subject_id,
            row.subject.name,
            row.subject.place,
            *(cell.standing.derived.value if cell else None for cell in row.cells),
        ]
        for row in rows
    ]
    return heads, lines
