"""Projects summed up by township, and how much of the households' money reached them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Context, Decimal
from typing import Any

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import ProgressReport, Project
from kaohe.web.fieldwork.queries.counted import Counted
from kaohe.web.fieldwork.queries.projects import (
    Stage,
    amount_of,
    projects_listed,
    stage_of,
    standing_of,
)
from kaohe.web.roster.models import Unit, WorkYear

_CUT_OFF = Context(prec=28, rounding=ROUND_DOWN)


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """part of whole in percent, to 28 digits and cut off; None of nothing."""
    return _CUT_OFF.divide(part * 100, whole) if whole else None


def household_fund_rates(year: WorkYear, until: date) -> dict[int, Counted]:
    """Township → 到户项目资金到户率 in percent, until a day of the year (二(一)2(4)).

    Of each household project the latest confirmed report until that day counts: what was paid, as
    far as it had arrived (money advanced for one project makes up for no other), of what arrived.
    A township without such money is left out.
    """
    rows = (
        ProgressReport.objects.filter(
            project__year=year,
            project__reaches=Project.Reach.HOUSEHOLD,
            state=ProgressReport.State.CONFIRMED,
            day__lte=until,
        )
        .order_by("day", "pk")
        .values_list("project", "project__village__township", "pk", "arrived", "paid")
    )
    latest = {
        project: (township, pk, arrived, paid) for project, township, pk, arrived, paid in rows
    }
    by_township: dict[int, list[tuple[int, Decimal, Decimal]]] = defaultdict(list)
    for township, pk, arrived, paid in latest.values():
        if arrived:
            by_township[township].append((pk, arrived, min(arrived, paid)))
    return {township: _rate(found) for township, found in sorted(by_township.items())}


def _rate(found: Sequence[tuple[int, Decimal, Decimal]]) -> Counted:
    arrived = sum((one[1] for one in found), Decimal(0))
    value = percent_of(sum((one[2] for one in found), Decimal(0)), arrived)
    assert value is not None, "projects without money are left out"
    return Counted(value, tuple(("fieldwork.progressreport", pk) for pk, *_ in sorted(found)))


@dataclass(frozen=True)
class TownshipProjects:
    """A township's projects of a year in numbers; amounts in 万元, the rate in percent."""

    township: Unit | None  # None for all together
    number: int
    finished: int
    accepted: int
    delayed: int
    planned: Decimal
    arrived: Decimal
    paid: Decimal
    household_rate: Decimal | None

    @property
    def arrived_percent(self) -> Decimal | None:
        return percent_of(self.arrived, self.planned)

    @property
    def paid_percent(self) -> Decimal | None:
        return percent_of(self.paid, self.arrived)


def overview(
    reach: Reach, year: WorkYear, today: date
) -> tuple[list[TownshipProjects], TownshipProjects]:
    """Each township that has projects within reach, and all together."""
    rows = list(projects_listed(reach).filter(year=year).order_by("village__township__code"))
    rates = household_fund_rates(year, date(year.year, 12, 31))
    by_township: dict[Unit, list[Project]] = defaultdict(list)
    for row in rows:
        by_township[row.village.township].append(row)
    lines = [
        _summed(township, found, today, rates.get(township.pk))
        for township, found in by_township.items()
    ]
    return lines, _summed(None, rows, today, None)


def _summed(
    township: Unit | None, rows: Sequence[Any], today: date, rate: Counted | None
) -> TownshipProjects:
    stages = [stage_of(row) for row in rows]
    return TownshipProjects(
        township=township,
        number=len(rows),
        finished=stages.count(Stage.FINISHED) + stages.count(Stage.ACCEPTED),
        accepted=stages.count(Stage.ACCEPTED),
        delayed=sum(1 for row in rows if standing_of(row, today).marks),
        planned=_total(row.planned for row in rows),
        arrived=_total(amount_of(row.arrived) for row in rows),
        paid=_total(amount_of(row.paid) for row in rows),
        household_rate=rate.value if rate is not None else None,
    )


def _total(amounts: Iterable[Decimal]) -> Decimal:
    # In Python: SQLite would add them up as floating numbers.
    return sum(amounts, Decimal(0))
