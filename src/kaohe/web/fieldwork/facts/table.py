"""The engine's table of facts, in its contract's columns (docs/input-tables.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.facts.closed import standing_facts
from kaohe.web.fieldwork.facts.periods import months_until
from kaohe.web.fieldwork.facts.subjects import subjects_of
from kaohe.web.roster.models import WorkYear

COLUMNS = ("subject_id", "round", "period", "fact", "value")


@dataclass(frozen=True)
class Line:
    """A row of the table; closed says whether its month is, so that nothing of it moves."""

    cells: tuple[str, str, str, str, str]
    closed: bool


def facts_table(year: WorkYear, today: date) -> list[Line]:
    """The facts of all subjects in the months, quarters and rounds that are over.

    A period's facts are those of its last month: published where that is closed, else counted now.
    What is still under way is left out: a round's half would be scored as if it were the whole.
    """
    over = [month for month in months_until(year.year, today) if last_of_month(month) < today]
    return [
        Line(
            (
                one.derived.subject.subject_id,
                one.derived.period.code if one.derived.period.per == "round" else "",
                "" if one.derived.period.per == "round" else one.derived.period.code,
                str(one.derived.fact.code),
                f"{one.derived.value.normalize():f}",
            ),
            closed=one.closing is not None,
        )
        for one in standing_facts(year, over, subjects_of(year))
        if one.derived.period.ended
    ]


def as_csv(lines: Iterable[Line]) -> str:
    """The table as the engine reads it from a file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(line.cells for line in lines)
    return out.getvalue()
