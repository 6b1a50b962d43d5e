"""Work-years."""

from __future__ import annotations

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.reach import years_in


def working_year(reach: Reach) -> WorkYear | None:
    """The year that pages are about: the open one, else the latest; None before the first."""
    years = years_in(reach)
    return years.filter(state=WorkYear.State.OPEN).first() or years.first()
