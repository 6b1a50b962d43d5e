"""What the page shell names: the county and its current year."""

from __future__ import annotations

from kaohe.web.roster.models import County, WorkYear


def county_name(county_id: int) -> str:
    return County.objects.values_list("name", flat=True).get(pk=county_id)


def current_year(county_id: int) -> str:
    """The open year, else the latest one, as the shell writes it; empty when there is none."""
    years = WorkYear.objects.filter(county_id=county_id)
    year = years.filter(state=WorkYear.State.OPEN).first() or years.first()
    return f"{year.year} 年度" if year is not None else ""
