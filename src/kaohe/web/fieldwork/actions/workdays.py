"""The county's working days, where they differ from the Chinese calendar or it has none yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Sent, writing
from kaohe.web.fieldwork.calendar import EARLIEST, FIRST, LAST, LATEST, days_between, works
from kaohe.web.fieldwork.models import Workday
from kaohe.web.fieldwork.queries.reach import workdays_in


def set_workday(
    *, actor: Actor, day: date, works: bool, note: str, sent: Sent | None = None
) -> Workday | None:
    """Set a day otherwise than it is, with a note; None when that is what the calendar says.

    What the calendar says by itself needs no row: setting a day back removes the office's own.
    """
    with writing(actor, "workday.change", sent=sent) as change:
        change.leads_to(f"{reverse('fieldwork:workdays')}?year={day.year}")
        _refuse_year(day.year)
        if not note:
            raise Refusal("请写明依据，如“县政府办通知”。", field="note")
        rows = change.find_all(workdays_in(change.reach).filter(day=day))
        row = rows[0] if rows else Workday(county_id=actor.county_id, day=day)
        if _by_calendar(day) is works:
            if rows:
                change.delete(row)
            return None
        row.works, row.note = works, note
        if rows:
            change.update(row)
        else:
            change.create(row)
        return row


def set_year(
    *,
    actor: Actor,
    year: int,
    off: Mapping[date, str],
    on: Mapping[date, str],
    sent: Sent | None = None,
) -> None:
    """Enter a whole year beyond the calendar's table.

    off: holidays with their names; on: weekend days on which offices work. Every other day is as
    the week says. Raises Refusal for a year that the table holds, where single days are set.
    """
    with writing(actor, "workday.change", sent=sent) as change:
        change.leads_to(f"{reverse('fieldwork:workdays')}?year={year}")
        _refuse_year(year)
        if FIRST <= year <= LAST:
            raise Refusal(f"{year} 年的放假安排已经内置，请只调整个别日期。")
        if both := sorted(off.keys() & on.keys()):
            raise Refusal(f"{date_format(both[0])}既写在放假里，又写在上班里；请只留一处。")
        known = {
            row.day: row
            for row in change.find_all(workdays_in(change.reach).filter(day__year=year))
        }
        fresh: list[Workday] = []
        changed: list[Workday] = []
        for day in days_between(date(year, 1, 1), date(year, 12, 31)):
            row = known.get(day) or Workday(county_id=actor.county_id, day=day)
            row.works = day in on or (day.weekday() < 5 and day not in off)
            row.note = on.get(day) or off.get(day) or ""
            (fresh if row._state.adding else changed).append(row)
        change.create_many(fresh)
        change.update_many(changed, ["works", "note"])


def _by_calendar(day: date) -> bool | None:
    """What the calendar's own table says; None for a year that it does not hold."""
    return works(day, {}) if FIRST <= day.year <= LAST else None


def _refuse_year(year: int) -> None:
    if not EARLIEST <= year <= LATEST:
        raise Refusal(f"年份应在 {EARLIEST} 至 {LATEST} 之间，现在是 {year}。")
