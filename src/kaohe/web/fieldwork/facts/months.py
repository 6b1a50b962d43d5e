"""The months of a year: which are over, closed, reopened, and which can be closed next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.facts.closed import standing_closings
from kaohe.web.fieldwork.facts.periods import months_until
from kaohe.web.fieldwork.models import MonthClosing
from kaohe.web.roster.models import WorkYear


@dataclass(frozen=True)
class Month:
    """A month of a year with its closings, the latest first.

    refused says why it cannot be closed now; empty when it can.
    """

    month: date
    closings: tuple[MonthClosing, ...]
    over: bool
    refused: str

    @property
    def closing(self) -> MonthClosing | None:
        """The closing that stands."""
        return next((one for one in self.closings if one.closed), None)

    @property
    def reopened(self) -> bool:
        return bool(self.closings) and self.closing is None

    @property
    def waits(self) -> bool:
        """Over, and not closed (again)."""
        return self.over and self.closing is None


def months_of(year: WorkYear, today: date) -> list[Month]:
    """All months of the year."""
    closings: dict[date, list[MonthClosing]] = defaultdict(list)
    for row in MonthClosing.objects.filter(year=year).order_by("-closed_at", "-pk"):
        closings[row.month].append(row)
    standing = {month for month, rows in closings.items() if any(row.closed for row in rows)}
    return [
        Month(
            month,
            tuple(closings.get(month, ())),
            last_of_month(month) < today,
            _refused(year, month, today, standing),
        )
        for month in months_until(year.year, date(year.year, 12, 31))
    ]


def why_not_closable(year: WorkYear, month: date, today: date) -> str:
    """Why a month cannot be closed today; empty when it can."""
    return _refused(year, month, today, set(standing_closings(year)))


def shown(month: date) -> str:
    """2016年3月."""
    return date_format(month, "YEAR_MONTH_FORMAT")


def _refused(year: WorkYear, month: date, today: date, standing: set[date]) -> str:
    name = shown(month)
    if month not in months_until(year.year, date(year.year, 12, 31)):
        return f"{name}不在{year}里，请回到结账页重新选择月份。"
    if year.state != WorkYear.State.OPEN:
        return f"{year}{year.get_state_display()}，不能结账；只有进行中的年度才结账。"
    if month in standing:
        return f"{name}已经结账。"
    if last_of_month(month) >= today:
        return f"{name}还没有过完，{date_format(last_of_month(month))}以后才能结账。"
    earlier = [one for one in months_until(year.year, month) if one < month]
    if waiting := next((one for one in earlier if one not in standing), None):
        return f"请先结{shown(waiting)}的账，再结{name}。"
    return ""
