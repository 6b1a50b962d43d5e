"""Whether a record can be changed now, and by whom; pages and actions say the same of it."""

from __future__ import annotations

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, year_of
from kaohe.web.fieldwork.queries.records_subjects import may_report_for, subject_of


def why_not_changed(actor: Actor, record: WorkRecord) -> str:
    """Why the actor may not correct or withdraw this record now; empty when it may."""
    if not may_report_for(actor, subject_of(record)):
        return "只有登记这项工作的人、本单位或指挥部办公室可以修改、撤回。"
    if record.state == WorkRecord.State.CONFIRMED:
        return "这条记录已经确认，不能直接修改；请确认的单位先写明理由、撤销确认。"
    return why_month_closed(record)


def why_month_closed(record: WorkRecord) -> str:
    """Why the month of a record takes no change; empty while it does."""
    try:
        refuse_if_closed(year_of(record.county_id, record.day), record.day)
    except Refusal as refusal:
        return refusal.message
    return ""
