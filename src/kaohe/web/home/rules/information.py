"""Information and research reports: what is to be reported, corrected, received."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import InformationItem
from kaohe.web.fieldwork.queries.information import own_information, waiting
from kaohe.web.fieldwork.queries.information_quotas import own_holders
from kaohe.web.home.links import to
from kaohe.web.home.todo import Asked, Rule, Todo, rule

# Days before the month's end from which on missing items are asked for, and before the year's end
# for research reports.
SOON = 7
RESEARCH_SOON = 60
# An item that waits for longer is late.
PATIENCE = timedelta(days=7)


@rule("information.report")
def items_are_missing(asked: Asked) -> Todo | None:
    """Near the month's end: only what is reported in a month counts for it."""
    last = last_of_month(asked.today)
    left = (last - asked.today).days
    if left >= SOON:
        return None
    missing = sum(one.missing for one in own_holders(asked.actor, asked.today))
    if not missing:
        return None
    why = f"{date_format(last)}以前报的才计入这个月。"
    return Todo("报送本月信息", missing, why, to("fieldwork:information-report"), "条", left < 2)


@rule("information.report")
def research_is_missing(asked: Asked) -> Todo | None:
    last = date(asked.today.year, 12, 31)
    if (last - asked.today).days >= RESEARCH_SOON:
        return None
    missing = sum(one.research.missing for one in own_holders(asked.actor, asked.today))
    if not missing:
        return None
    url = to("fieldwork:information-report", kind=InformationItem.Kind.RESEARCH)
    return Todo("报送调研报告", missing, f"{date_format(last)}以前报的才计入今年。", url, "篇")


@rule("information.report")
def items_were_returned(asked: Asked) -> Todo | None:
    rows = own_information(asked.reach, asked.today).filter(state=InformationItem.State.RETURNED)
    found = list(rows.order_by("reported_at", "pk").distinct()[:100])
    if not found:
        return None
    first = found[0]
    why = f"《{first.title}》的退回意见：{first.note}"
    if len(found) == 1:
        url = to("fieldwork:information-edit", first.pk)
    else:
        url = to("fieldwork:information", state=InformationItem.State.RETURNED)
    return Todo("修改退回的信息", len(found), why, url, "篇")


@rule("information.receive")
def items_wait(asked: Asked) -> Todo | None:
    rows = waiting(asked.reach)
    count = rows.count()
    if not count:
        return None
    oldest = timezone.localdate(rows[0].reported_at)
    why = f"最早的一篇是{date_format(oldest)}报送的。接收以后才计入应报条数。"
    late = oldest + PATIENCE < asked.today
    return Todo("接收信息", count, why, to("fieldwork:information-inbox"), "篇", late)


RULES: tuple[Rule, ...] = (
    items_were_returned,
    items_are_missing,
    research_is_missing,
    items_wait,
)
