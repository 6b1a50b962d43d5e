"""Report, and confirm or send back: the steps that projects, funds and exits have in common."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change
from kaohe.web.fieldwork.models.decided import Decided
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.reach import years_in


def open_year(change: Change, year_id: int) -> WorkYear:
    """The county's year of that key. Raises Http404 for another, Refusal when it is over."""
    year = years_in(change.reach).filter(pk=year_id).first()
    if year is None:
        raise Http404("没有这个工作年度。")
    refuse_closed_year(year)
    return year


def refuse_closed_year(year: WorkYear) -> None:
    """Raises Refusal when the whole year is over."""
    if year.state == WorkYear.State.CLOSED:
        raise Refusal(f"{year}已结束，这一年的内容不能再改。")


def refuse_day(change: Change, year: WorkYear, day: date, *, within: bool = True) -> None:
    """Raises Refusal for a day to come or before the year, and when within also after the year."""
    if day > timezone.localdate(change.at):
        raise Refusal(f"{date_format(day)}还没有到，请填今天或以前的日期。", field="day")
    if day.year < year.year or (within and day.year > year.year):
        raise Refusal(f"{date_format(day)}不在{year}；请填 {year.year} 年的日期。", field="day")


def reported(change: Change, row: Decided) -> None:
    """Whoever acts has reported it, new or once more: it waits to be confirmed."""
    if row.pk is not None and row.state == Decided.State.CONFIRMED:
        raise Refusal(
            f"{row.decided_by}已经确认，不能再改；确需更正的，请确认人说明理由、先退回来。"
        )
    row.reported_by_id, row.reported_by = change.actor.account_id, change.actor.name
    row.state = Decided.State.REPORTED
    row.decided_by, row.decided_at, row.opinion = "", None, ""


def decide(change: Change, row: Decided, *, accepted: bool, opinion: str) -> None:
    """Confirm what waits, or send back what waits or was confirmed.

    Raises Refusal for one's own report, for one that was sent back already, or without a reason.
    """
    if row.reported_by_id is not None and row.reported_by_id == change.actor.account_id:
        raise Refusal("这是您自己填报的，要由别人确认。")
    if row.state == Decided.State.RETURNED:
        raise Refusal("这一份已经退回，等重新填报以后再确认。")
    if accepted and row.state == Decided.State.CONFIRMED:
        raise Refusal(f"{row.decided_by}已经确认过。")
    if not accepted and not opinion:
        raise Refusal("退回要写明理由，填报的人才知道改什么。", field="opinion")
    row.state = Decided.State.CONFIRMED if accepted else Decided.State.RETURNED
    row.decided_by, row.decided_at, row.opinion = change.actor.name, change.at, opinion
