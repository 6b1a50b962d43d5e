"""The facts of a year's months, each with the rows that it is counted from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import get_args

from kaohe.scheme.model import Fact
from kaohe.scheme.model.records import BuiltIn
from kaohe.web.fieldwork.facts import days, rates, records, reports, service
from kaohe.web.fieldwork.facts.asked import Asked, Counts
from kaohe.web.fieldwork.facts.periods import Period, counted_in, periods_of
from kaohe.web.fieldwork.facts.subjects import Subject
from kaohe.web.fieldwork.queries.counted import Counted
from kaohe.web.fieldwork.queries.exits import exit_incidences, exit_recognitions
from kaohe.web.fieldwork.queries.funds import construction_fund_rates, other_fund_rates
from kaohe.web.fieldwork.queries.projects_overview import household_fund_rates
from kaohe.web.roster.models import WorkYear

_HUNDREDTH = Decimal("0.01")
# What each of the scheme's built-in sources is counted by.
BUILT_IN: Mapping[BuiltIn, Callable[[Asked], Counts]] = {
    "days_in_village": days.days_in_village,
    "months_of_service": service.months_of_service,
    "monthly_reports": reports.monthly_reports,
    "information_items": reports.information_items,
    "research_reports": reports.research_reports,
    "household_fund_rate": rates.until(household_fund_rates),
    "exit_incidence": rates.until(exit_incidences),
    "exit_recognition": rates.until(exit_recognitions),
    "construction_fund_rate": rates.until(construction_fund_rates),
    "other_fund_rate": rates.until(other_fund_rates),
}
assert set(BUILT_IN) == set(get_args(BuiltIn)), "a source of the scheme that nothing counts"


@dataclass(frozen=True)
class Derived:
    """A fact of a subject in a period.

    value has at most two decimals, as the engine takes it. A rate with more is cut off, once, here:
    99.996 % of the money is not all of it. rows are the records behind it, as table and key.
    """

    subject: Subject
    fact: Fact
    period: Period
    value: Decimal
    rows: tuple[tuple[str, int], ...]


def derive(year: WorkYear, months: Sequence[date], subjects: Sequence[Subject]) -> list[Derived]:
    """All facts of the subjects at the end of each of the months, in the scheme's order.

    The number of queries depends on the scheme and the months alone, not on the subjects. Facts
    that the scheme gives no source are entered by people and are not here; nor are its derived
    ones (`of`), which the engine computes.
    """
    periods = [period for month in months for period in periods_of(year.scheme, month)]
    found: list[Derived] = []
    for fact in sourced(year):
        mine = [one for one in subjects if one.kind in fact.kinds]
        asked = Asked(year, mine, counted_in(fact, periods))
        if asked.subjects and asked.periods:
            found += _of_fact(fact, asked)
    return found


def sourced(year: WorkYear) -> list[Fact]:
    """The facts of the year's scheme that are counted from records."""
    return [fact for fact in year.scheme.facts if fact.source is not None]


def _of_fact(fact: Fact, asked: Asked) -> list[Derived]:
    assert fact.source is not None, "only facts with a source are derived"
    if fact.source.built_in is None:
        counts = records.records(asked, fact.source)
    else:
        counts = BUILT_IN[fact.source.built_in](asked)
    return [
        _derived(subject, fact, period, counted)
        for subject in asked.subjects
        for period in asked.periods
        if (counted := counts.get((subject.key, period.key))) is not None
    ]


def _derived(subject: Subject, fact: Fact, period: Period, counted: Counted) -> Derived:
    value = counted.value.quantize(_HUNDREDTH, ROUND_DOWN)
    return Derived(subject, fact, period, value, counted.rows)
