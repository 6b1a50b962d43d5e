"""The times for which facts are counted: a month, its quarter and its rounds until its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from kaohe.scheme import Scheme
from kaohe.scheme.model import Fact
from kaohe.web.fieldwork.calendar import DAY, last_of_month


@dataclass(frozen=True)
class Period:
    """A month, quarter or round, from its first day to the end of the month that was asked for.

    code is what the engine's table calls it: 2016-03, 2016Q1, or the round's code. ended says
    whether it ends with that month, so that nothing can come to it any more.
    """

    code: str
    per: str
    label: str
    month: date
    first: date
    last: date
    ended: bool

    @property
    def key(self) -> tuple[str, date]:
        """A quarter or a round is counted anew at the end of each of its months."""
        return self.code, self.month


def months_until(year: int, last: date) -> list[date]:
    """The first days of the year's months until the one in which `last` lies."""
    return months_between(date(year, 1, 1), min(last, date(year, 12, 31)))


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months that hold a day from the first to the last."""
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = last_of_month(month) + DAY
    return months


def periods_of(scheme: Scheme, month: date) -> list[Period]:
    """The month, its quarter and each round that holds a day of it, all until the month's end."""
    first, last = month.replace(day=1), last_of_month(month)
    found = [Period(f"{first:%Y-%m}", "month", f"{first.month}月", first, first, last, ended=True)]
    number = (first.month + 2) // 3
    begin = date(first.year, 3 * number - 2, 1)
    found.append(
        Period(
            f"{first.year}Q{number}",
            "quarter",
            f"{number}季度",
            first,
            begin,
            last,
            ended=first.month == 3 * number,
        )
    )
    for one in scheme.rounds:
        start, end = one.period.start, one.period.end
        if start <= last and end >= first:
            until = min(end, last)
            found.append(
                Period(one.code, "round", one.name, first, start, until, ended=end <= last)
            )
    return found


def moment(day: date) -> datetime:
    """When a day begins here: between two of them lies what was received on the days."""
    return timezone.make_aware(datetime.combine(day, time()))


def counted_in(fact: Fact, periods: Iterable[Period]) -> Sequence[Period]:
    """Those of the periods that a fact arrives in."""
    return [one for one in periods if one.per == fact.per]


def without_doubles(periods: Iterable[Period]) -> list[Period]:
    """One period for each first day, the longest: until a month's end they count the same."""
    longest = {(one.per, one.month, one.first): one for one in periods}
    return list(longest.values())
