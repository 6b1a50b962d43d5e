"""Work records: those that wait for one's confirmation, and one's own that were not accepted."""

from __future__ import annotations

from kaohe.web.fieldwork.queries.records_confirming import oldest_waiting_for, waiting_for
from kaohe.web.fieldwork.queries.records_subjects import own_refused
from kaohe.web.home.links import to
from kaohe.web.home.todo import Asked, Rule, Todo, rule

# Days after which whoever confirms is told that they are late.
WAITED = 14


@rule("record.confirm")
def records_wait_for_confirmation(asked: Asked) -> Todo | None:
    number = waiting_for(asked.actor).count()
    if not number:
        return None
    oldest = oldest_waiting_for(asked.actor)
    days = (asked.today - oldest).days if oldest is not None else 0
    why = "确认以后才算数；有疑问的写明理由、不认可。"
    if days > WAITED:
        why = f"最早的一条已经等了 {days} 天。{why}"
    return Todo(
        "确认工作记录", number, why, to("fieldwork:records-waiting"), "条", late=days > WAITED
    )


@rule("record.report")
def own_records_were_refused(asked: Asked) -> Todo | None:
    number = own_refused(asked.actor).count()
    if not number:
        return None
    why = "没有被认可的不算数；看理由，改好再报，或撤回。"
    return Todo("改工作记录", number, why, to("fieldwork:records-list", state="refused"), "条")


RULES: tuple[Rule, ...] = (own_records_were_refused, records_wait_for_confirmation)
