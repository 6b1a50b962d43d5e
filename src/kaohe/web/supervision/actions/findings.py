"""Change or withdraw a finding before its notice is sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.files.checked import MOST
from kaohe.web.supervision.actions.visits import Files, store_files
from kaohe.web.supervision.models import Attached, Finding
from kaohe.web.supervision.queries.reach import findings_run

_ACTION = "inspection.record"


@dataclass(frozen=True)
class FindingFacts:
    """A finding as it was typed. dropped: keys of files."""

    severity: str
    text: str
    files: Files = ()
    dropped: frozenset[int] = frozenset()


def edit_finding(
    *, actor: Actor, finding_id: int, facts: FindingFacts, seen: int, sent: Sent | None = None
) -> Finding:
    """Change a finding. Raises Refusal once its notice is sent."""
    with writing(actor, _ACTION, sent=sent) as change:
        row = _open(change, finding_id, seen)
        row.severity, row.text = facts.severity, facts.text
        change.update(row)
        kept = Attached.objects.filter(finding=row)
        change.delete_many(list(kept.filter(evidence__in=facts.dropped)))
        if (number := kept.count() + len(facts.files)) > MOST:
            raise Refusal(f"一个问题最多 {MOST} 个附件，现在有 {number} 个；请去掉几个。")
        files = store_files(change, row.inspection, facts.files)
        change.create_many([Attached(finding=row, evidence=file) for file in files])
        change.leads_to(reverse("supervision:finding", args=[row.pk]))
        return row


def withdraw_finding(
    *, actor: Actor, finding_id: int, seen: int, reason: str, sent: Sent | None = None
) -> Finding:
    """Take back a finding that was written down by mistake; the audit log keeps it."""
    with writing(actor, _ACTION, sent=sent, reason=reason) as change:
        row = _open(change, finding_id, seen)
        change.delete_many(list(Attached.objects.filter(finding=row)))
        change.delete(row)
        change.leads_to(reverse("supervision:inspection", args=[row.inspection_id]))
        return row


def _open(change: Change, finding_id: int, seen: int) -> Finding:
    row = change.find(findings_run(change.actor, _ACTION), finding_id, version=seen)
    if row.state != Finding.State.FOUND:
        raise Refusal(f"这个问题{row.get_state_display()}，不能再改；有变化的写在复查情况里。")
    return row
