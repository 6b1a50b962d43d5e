"""Rates of units until a day, which the queries of projects, funds and exits give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kaohe.web.fieldwork.facts.asked import Asked, Counts
from kaohe.web.fieldwork.queries.counted import Counted
from kaohe.web.roster.models import WorkYear

Rates = Callable[[WorkYear, date], dict[int, Counted]]


def until(rates: Rates) -> Callable[[Asked], Counts]:
    """A source of what stood at each period's end; a unit without a rate has no fact."""

    def counted(asked: Asked) -> Counts:
        found: Counts = {}
        at = {day: rates(asked.year, day) for day in {one.last for one in asked.periods}}
        for period in asked.periods:
            for unit, rate in at[period.last].items():
                if (owner := asked.owner(unit, None)) is not None:
                    found[owner.key, period.key] = rate
        return found

    return counted
