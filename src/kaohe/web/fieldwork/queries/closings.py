"""Which work-year a day belongs to, by which terms, and whether its month is closed."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils.formats import date_format

from kaohe.scheme.model import Fieldwork
from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.calendar import DAY, last_of_month
from kaohe.web.fieldwork.models import MonthClosing
from kaohe.web.roster.models import WorkYear


def year_of(county_id: int, day: date) -> WorkYear | None:
    """The county's work-year in which a day lies; None while it is not set up."""
    return WorkYear.objects.filter(county_id=county_id, year=day.year).first()


def terms_of(county_id: int, day: date) -> Fieldwork:
    """The terms of daily work on a day.

    In January the new year is often not set up yet; then those of the latest year before hold, or
    of the first after, and the scheme's own defaults in a county without any year.
    """
    years = WorkYear.objects.filter(county_id=county_id)
    year = years.filter(year__lte=day.year).order_by("-year").first()
    year = year or years.order_by("year").first()
    return Fieldwork() if year is None else year.scheme.fieldwork


def is_closed(year: WorkYear | None, day: date) -> bool:
    """Whether the month of a day is closed, or the whole year."""
    if year is None:
        return False
    if year.state == WorkYear.State.CLOSED:
        return True
    closings = MonthClosing.objects.filter(year=year, month=day.replace(day=1))
    return closings.filter(reopened_at__isnull=True).exists()


def refuse_if_closed(year: WorkYear | None, day: date) -> None:
    """Raises Refusal when the month of a day is closed, or its whole year.

    Asked inside a write, the answer holds until the write is stored: who closes the month or the
    year locks the year's row, and waits for it.
    """
    if year is not None:
        _hold(year)
    if not is_closed(year, day):
        return
    assert year is not None, "a year that is not there is not closed"
    if year.state == WorkYear.State.CLOSED:
        raise Refusal(f"{year}已结束，{date_format(day)}的记录不能再改。")
    raise Refusal(
        f"{date_format(day, 'YEAR_MONTH_FORMAT')}已结账，{date_format(day)}的记录不能再改；"
        "确需更正的，请指挥部办公室说明理由、重开这个月。"
    )


def refuse_if_any_closed(county_id: int, first: date, last: date) -> None:
    """The same for each month from the first day to the last."""
    day = first.replace(day=1)
    while day <= last:
        refuse_if_closed(year_of(county_id, day), max(day, first))
        day = last_of_month(day) + DAY


def _hold(year: WorkYear) -> None:
    """Keep a year from being closed until this transaction ends; many may hold it at once.

    On SQLite a write begins by locking the database, so nobody closes anything meanwhile.
    """
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        # Django knows no shared lock. One that excludes would put all writers in a queue.
        cursor.execute("SELECT state FROM roster_workyear WHERE id = %s FOR SHARE", [year.pk])
        year.state = WorkYear.State(cursor.fetchone()[0])
