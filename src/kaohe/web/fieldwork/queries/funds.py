"""The integration of funds, department by department and kind by kind (二(二)2(1))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from kaohe.scheme import Scheme
from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import FundIntegration
from kaohe.web.fieldwork.queries.counted import Counted
from kaohe.web.fieldwork.queries.funds_limits import Limit, fact_from, indicator_about, limit_of
from kaohe.web.fieldwork.queries.projects_overview import percent_of
from kaohe.web.fieldwork.queries.reach import funds_in
from kaohe.web.roster.models import Unit, UnitAttributes, WorkYear

Kind = FundIntegration.Kind
SOURCES: Mapping[Kind, str] = {
    Kind.CONSTRUCTION: "construction_fund_rate",
    Kind.OTHER: "other_fund_rate",
}


def construction_fund_rates(year: WorkYear, until: date) -> dict[int, Counted]:
    """Department → integrated of all funds for construction, in percent, until a day."""
    return _rates(year, Kind.CONSTRUCTION, until)


def other_fund_rates(year: WorkYear, until: date) -> dict[int, Counted]:
    """Department → integrated of all other funds, in percent, until a day."""
    return _rates(year, Kind.OTHER, until)


def ratio_of(row: FundIntegration) -> Decimal | None:
    """Integrated of the total in percent, exact to 28 digits; None without any funds."""
    return percent_of(row.integrated, row.total)


def _rates(year: WorkYear, kind: Kind, until: date) -> dict[int, Counted]:
    """Of each department the latest confirmed report until the day; without funds, none."""
    rows = FundIntegration.objects.filter(
        year=year, kind=kind, day__lte=until, state=FundIntegration.State.CONFIRMED
    )
    latest = {row.unit_id: row for row in rows.order_by("unit", "day", "pk")}
    rates = {}
    for unit, row in latest.items():
        ratio = ratio_of(row)
        if ratio is not None:
            rates[unit] = Counted(ratio, (("fieldwork.fundintegration", row.pk),))
    return rates


def funds_listed(reach: Reach) -> QuerySet[FundIntegration]:
    return funds_in(reach).select_related("unit", "year").annotate(files=Count("evidence"))


def limits(scheme: Scheme) -> dict[str, Limit | None]:
    """Kind of funds → how much of them the scheme wants integrated; None where it does not say."""
    return {str(kind): limit_of(scheme, source) for kind, source in SOURCES.items()}


@dataclass(frozen=True)
class Line:
    """A department's funds of one kind: its latest report that was not sent back, and what of it.

    row None: nothing reported. sent_back: a later report that was sent back and waits for its
    department.
    """

    unit: Unit
    kind: FundIntegration.Kind
    row: FundIntegration | None
    sent_back: FundIntegration | None
    limit: Limit | None

    @property
    def ratio(self) -> Decimal | None:
        return ratio_of(self.row) if self.row is not None else None

    @property
    def met(self) -> bool | None:
        """Whether the ratio is within the limit; None when there is no ratio, or no limit."""
        if self.ratio is None or self.limit is None:
            return None
        return self.limit.met_by(self.ratio)

    @property
    def short(self) -> Decimal | None:
        """How much more would have to be integrated to reach the limit, in 万元; None when met."""
        if self.met is not False or self.row is None or self.limit is None:
            return None
        return self.row.total * self.limit.value / 100 - self.row.integrated


def lines(reach: Reach, year: WorkYear) -> list[Line]:
    """Two lines a department: all that have to integrate funds, and all that reported some."""
    rows = list(funds_listed(reach).filter(year=year).order_by("day", "pk"))
    returned = FundIntegration.State.RETURNED
    latest = {(row.unit_id, row.kind): row for row in rows if row.state != returned}
    back = {(row.unit_id, row.kind): row for row in rows if row.state == returned}
    asked = limits(year.scheme)
    units = {unit.pk: unit for unit in departments_asked(reach, year)}
    units |= {row.unit_id: row.unit for row in rows}
    return [
        Line(
            unit,
            kind,
            row := latest.get((unit.pk, kind)),
            _later(back.get((unit.pk, kind)), row),
            asked[kind],
        )
        for unit in sorted(units.values(), key=lambda unit: unit.code)
        for kind in Kind
    ]


def _later(returned: FundIntegration | None, row: FundIntegration | None) -> FundIntegration | None:
    """The report that was sent back, unless one that stands is as late."""
    if returned is None or (row is not None and row.day >= returned.day):
        return None
    return returned


def departments_asked(reach: Reach, year: WorkYear) -> list[Unit]:
    """Departments that have funds to integrate, by what the roster says of them in the year.

    That is those that list the indicator which the ratios are measured by; all departments where
    the scheme does not tell them apart, none where it measures no such ratio.
    """
    facts = [fact for source in SOURCES.values() if (fact := fact_from(year.scheme, source))]
    leaf = next((found for fact in facts if (found := indicator_about(year.scheme, fact))), None)
    if leaf is None:
        return []
    units = Unit.objects.filter(
        county_id=reach.county_id, kind=Unit.Kind.DEPARTMENT, ended__isnull=True
    )
    if not reach.whole:
        units = units.filter(pk__in=reach.units)
    listed_in = leaf.applies.listed_in if leaf.applies is not None else None
    if listed_in is None:
        return list(units)
    said = UnitAttributes.objects.filter(year=year, unit__in=units).select_related("unit")
    return [
        one.unit for one in said if leaf.code in str(one.values.get(listed_in) or "").split(";")
    ]
