"""Closing a month, and opening it again with a reason (month by month, the earlier first)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.facts.closed import as_stored, digest
from kaohe.web.fieldwork.facts.derive import Derived, derive
from kaohe.web.fieldwork.facts.left_open import left_open
from kaohe.web.fieldwork.facts.meanwhile import changed_since, end_of_log
from kaohe.web.fieldwork.facts.months import shown, why_not_closable
from kaohe.web.fieldwork.facts.subjects import subjects_of
from kaohe.web.fieldwork.models import ClosedFact, MonthClosing
from kaohe.web.fieldwork.queries.reach import closings_in
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.reach import years_in

Tell = Callable[[int, int, str], None]
STEPS = 3
_BATCH = 500


def close_month(
    *,
    actor: Actor,
    year_id: int,
    month: date,
    confirmed: bool,
    sent: Sent | None = None,
    tell: Tell = lambda done, total, label: None,
) -> MonthClosing:
    """Close a month that is over, with the facts as they stand.

    They are counted before anything is locked; under the lock they are counted again only if a
    record was stored meanwhile. Whoever writes into a month of the year holds its row, see
    queries/closings.py: this waits for them, and they for this. Raises Refusal for a month that is
    not to be closed now, and, unless it is confirmed, while something of it is still open.
    """
    reach, today = actor.reach("month.close"), timezone.localdate()
    year = years_in(reach).filter(pk=year_id).first()
    if year is None:
        raise Http404("没有这个工作年度。")
    _refuse_unless_closable(year, month, today)
    tell(0, STEPS, "核对还没有办完的")
    still_open = left_open(reach, year, month, today)
    if still_open and not confirmed:
        raise Refusal("请先看下面还没有办完的，再勾选确认。", field="confirmed")
    tell(1, STEPS, "数出这个月的数据")
    end, derived = end_of_log(), _derived(year, month)
    with writing(actor, "month.close", sent=sent) as change:
        year = change.find(years_in(change.reach), year_id)
        _refuse_unless_closable(year, month, today)
        if changed_since(end, actor.county_id):
            derived = _derived(year, month)
        tell(2, STEPS, "存下数据")
        closing = MonthClosing(
            year=year,
            month=month,
            closed_by=actor.name,
            closed_at=change.at,
            left_open=[one.sentence for one in still_open],
        )
        _store(change, closing, derived)
        change.leads_to(reverse("fieldwork:closing", args=[closing.pk]))
        return closing


def reopen_month(
    *, actor: Actor, closing_id: int, reason: str, sent: Sent | None = None
) -> MonthClosing:
    """Open a closed month again; what was published stays stored beside what will be.

    Raises Refusal for one that is open already, or in a year that is over.
    """
    with writing(actor, "month.close", sent=sent, reason=reason) as change:
        closing = change.find(closings_in(change.reach), closing_id)
        year = change.find(years_in(change.reach), closing.year_id)
        if year.state == WorkYear.State.CLOSED:
            raise Refusal(f"{year}已结束，它的月份不能再重开。")
        if not closing.closed:
            raise Refusal(f"{shown(closing.month)}已经重开；更正之后请重新结账。")
        closing.reopened_by = actor.name
        closing.reopened_reason = reason
        closing.reopened_at = change.at
        change.update(closing)
        change.leads_to(reverse("fieldwork:closing", args=[closing.pk]))
        return closing


def _refuse_unless_closable(year: WorkYear, month: date, today: date) -> None:
    if refused := why_not_closable(year, month, today):
        raise Refusal(refused)


def _derived(year: WorkYear, month: date) -> list[Derived]:
    return derive(year, [month], subjects_of(year))


def _store(change: Change, closing: MonthClosing, derived: Sequence[Derived]) -> None:
    """Keep each fact, and tell them as one: their number and hash, which no one can change later.

    A county has a thousand a month; an entry for each would bury what people did.
    """
    facts = as_stored(closing, derived)
    closing.number, closing.sha256 = len(facts), digest(facts)
    change.create(closing)
    stored = ClosedFact.objects.bulk_create(facts, batch_size=_BATCH)
    if stored:
        change.tell(
            "create",
            stored[0],
            label=f"{closing}结账数据",
            closing=closing.pk,
            number=closing.number,
            sha256=closing.sha256,
        )
