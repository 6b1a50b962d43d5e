"""Months that are over and not closed, or were opened again."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import date_format

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.facts.months import months_of
from kaohe.web.home.links import to
from kaohe.web.home.todo import Asked, Rule, Todo, rule
from kaohe.web.roster.models import WorkYear

# Days after a month's end in which its books are still being brought together.
GRACE = timedelta(days=10)


@rule("month.close")
def months_wait_to_be_closed(asked: Asked) -> Todo | None:
    if asked.year is None or asked.year.state != WorkYear.State.OPEN:
        return None
    waiting = [one for one in months_of(asked.year, asked.today) if one.waits]
    if not waiting:
        return None
    first = waiting[0]
    shown = date_format(first.month, "YEAR_MONTH_FORMAT")
    why = f"{shown}已重开，更正后要重新结账。" if first.reopened else f"{shown}已过完，还没有结账。"
    late = any(last_of_month(one.month) + GRACE < asked.today for one in waiting)
    url = to("fieldwork:month-close", year=str(asked.year.year), month=f"{first.month:%Y-%m}")
    return Todo("月度结账", len(waiting), why, url, measure="个月", late=late)


RULES: tuple[Rule, ...] = (months_wait_to_be_closed,)
