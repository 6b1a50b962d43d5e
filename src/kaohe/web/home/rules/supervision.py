"""Inspections: plans to make and to finish, notices, replies, re-checks, what is overdue."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.formats import date_format

from kaohe.web.home.links import to
from kaohe.web.home.todo import Asked, Rule, Todo, rule
from kaohe.web.supervision.models import InspectionPlan
from kaohe.web.supervision.queries.waiting import (
    notices_to_send,
    plans_to_finish,
    plans_to_make,
    replies_to_check,
    replies_to_write,
    reported_up,
)

# Days before the month's end from which on its inspections are asked for.
SOON = 7


@rule("inspection.plan")
def plans_are_missing(asked: Asked) -> Todo | None:
    count = plans_to_make(asked.actor, asked.today)
    if not count:
        return None
    why = "考核办法要求每月督查，这个月还有没有生成安排的。"
    url = to("supervision:plans-make", month=f"{asked.today:%Y-%m}")
    return Todo("安排本月督查", count, why, url, measure="项")


@rule("inspection.plan")
def plans_are_not_done(asked: Asked) -> Todo | None:
    this = asked.today.replace(day=1)
    ending = (asked.today + timedelta(days=SOON)).month != this.month
    plans = list(plans_to_finish(asked.actor, this if ending else this - timedelta(days=1)))
    if not plans:
        return None
    late = plans[0].month < this
    shown = date_format(plans[0].month, "YEAR_MONTH_FORMAT")
    why = f"{shown}的督查还没有查完。" if late else "这个月快完了，督查还没有查完。"
    return Todo("完成督查", len(plans), why, _plan(plans, plans[0].month), "项", late=late)


@rule("finding.notify")
def notices_are_missing(asked: Asked) -> Todo | None:
    rows = list(notices_to_send(asked.actor).values_list("inspection", flat=True))
    if not rows:
        return None
    lone = to("supervision:inspection-notify", rows[0])
    url = lone if len(set(rows)) == 1 else to("supervision:findings", state="found")
    return Todo("发整改通知", len(rows), "查出的问题要通知整改，定出期限。", url)


@rule("finding.reply")
def replies_are_due(asked: Asked) -> Todo | None:
    rows = list(replies_to_write(asked.actor).values_list("pk", "due"))
    if not rows:
        return None
    due = rows[0][1]
    assert due is not None, "who is notified is told by when"
    late = due < asked.today
    why = f"最早的一个应在{date_format(due)}以前回复" + ("，已经逾期。" if late else "。")
    lone = to("supervision:finding", rows[0][0])
    url = lone if len(rows) == 1 else to("supervision:findings", state="notified")
    return Todo("整改督查发现的问题", len(rows), why, url, late=late)


@rule("finding.recheck")
def rechecks_wait(asked: Asked) -> Todo | None:
    rows = list(replies_to_check(asked.actor).values_list("pk", flat=True))
    if not rows:
        return None
    lone = to("supervision:finding", rows[0])
    url = lone if len(rows) == 1 else to("supervision:findings", state="replied")
    return Todo("复查整改", len(rows), "已经回复整改情况，等您复查、销号。", url)


@rule("inspection.summarise")
def findings_were_reported_up(asked: Asked) -> Todo | None:
    count = reported_up(asked.actor).count()
    if not count:
        return None
    why = "整改期限过了还没有回复，已自动上报，请督办。"
    url = to("supervision:findings", state="up")
    return Todo("督办逾期整改", count, why, url, late=True)


def _plan(plans: list[InspectionPlan], month: date) -> str:
    if len(plans) == 1:
        return to("supervision:plan", plans[0].pk)
    return to("supervision:month", month=f"{month:%Y-%m}")


RULES: tuple[Rule, ...] = (
    findings_were_reported_up,
    replies_are_due,
    plans_are_missing,
    plans_are_not_done,
    notices_are_missing,
    rechecks_wait,
)
