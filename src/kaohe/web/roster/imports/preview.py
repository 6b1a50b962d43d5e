"""What the page of an import shows: a part of its problems or rows, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from kaohe.web.roster.imports.problems import from_values
from kaohe.web.roster.models import ImportBatch
from kaohe.web.roster.queries.imports import rows_of, same_file

PER_PAGE = 25
PROBLEMS, CHANGED, NEW = "problems", "changed", "new"


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    active: bool
    count: int


@dataclass(frozen=True)
class Preview:
    """What is shown; problems or rows, whichever the part is."""

    part: str
    tabs: list[Tab]
    sheet: str
    sheets: list[Mapping[str, Any]]
    totals: Mapping[str, int]
    page: Page[Any] | None
    before: ImportBatch | None


def preview_of(batch: ImportBatch, asked: Mapping[str, str]) -> Preview:
    """The part, sheet and page that the address asks for; the most urgent part by default."""
    sheets = list(batch.summary.get("sheets", ()))
    counts = {
        PROBLEMS: int(batch.summary.get("problems", 0)),
        CHANGED: sum(one["changed"] for one in sheets),
        NEW: sum(one["new"] for one in sheets),
    }
    first = next((part for part, count in counts.items() if count), PROBLEMS)
    part = asked.get("part", "") if asked.get("part") in counts else first
    sheet = asked.get("sheet", "")
    if part == PROBLEMS:
        found: list[Any] = [from_values(values) for values in batch.problems]
        rows = [one for one in found if not sheet or one.sheet == sheet]
    else:
        rows = list(rows_of(batch, sheet=sheet, new=part == NEW))
    return Preview(
        part=part,
        tabs=_tabs(counts, part, sheet),
        sheet=sheet,
        sheets=sheets,
        totals={**counts, "unchanged": sum(one["unchanged"] for one in sheets)},
        page=Paginator(rows, PER_PAGE).get_page(asked.get("page")) if rows else None,
        before=same_file(batch),
    )


def _tabs(counts: Mapping[str, int], part: str, sheet: str) -> list[Tab]:
    labels = {PROBLEMS: "只看有问题的", CHANGED: "修改", NEW: "新增"}
    return [
        Tab(
            labels[key],
            "?" + urlencode({"part": key} | ({"sheet": sheet} if sheet else {})),
            key == part,
            count,
        )
        for key, count in counts.items()
    ]
