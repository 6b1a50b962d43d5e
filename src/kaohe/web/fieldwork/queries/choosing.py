"""Which month and which township a page is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.calendar import DAY, LATEST, last_of_month, month_of
from kaohe.web.roster.models import Unit
from kaohe.web.roster.queries.reach import units_in


@dataclass(frozen=True)
class Choice:
    """A month and a township; without one all that is within a reach smaller than the county."""

    month: date
    township: Unit | None
    townships: tuple[Unit, ...]

    @property
    def before(self) -> str:
        return f"{self.month - DAY:%Y-%m}"

    @property
    def after(self) -> str:
        """The following month; empty at the end of the calendar."""
        following = last_of_month(self.month) + DAY
        return f"{following:%Y-%m}" if following.year <= LATEST else ""

    @property
    def conditions(self) -> dict[str, object]:
        return {} if self.township is None else {"village__township": self.township.pk}

    @property
    def query(self) -> str:
        """The choice as an address carries it."""
        township = f"&township={self.township.pk}" if self.township is not None else ""
        return f"month={self.month:%Y-%m}{township}"

    @property
    def township_query(self) -> str:
        return f"&township={self.township.pk}" if self.township is not None else ""


def choice_of(reach: Reach, asked: Mapping[str, str]) -> Choice:
    """What an address asks for; the present month, and of a whole county its first township."""
    month = month_of(asked.get("month"), timezone.localdate())
    townships = tuple(units_in(reach).filter(kind=Unit.Kind.TOWNSHIP).order_by("code"))
    wanted = asked.get("township", "")
    found = next((one for one in townships if str(one.pk) == wanted), None)
    if found is None and townships and (reach.whole or len(townships) == 1):
        found = townships[0]
    return Choice(month, found, townships)
