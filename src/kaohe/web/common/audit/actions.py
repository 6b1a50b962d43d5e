"""What is taken out of the log is itself written down in it."""

from __future__ import annotations

from kaohe.web.common.actor import Actor
from kaohe.web.common.audit.heads import Head
from kaohe.web.common.submissions import Sent
from kaohe.web.common.writing import writing


def record_taken_out(*, actor: Actor, printed: bool, rows: int, filters: str) -> None:
    """Somebody exported or printed entries: how many, narrowed to what."""
    with writing(actor, "audit.export") as change:
        verb = "print" if printed else "export"
        change.tell(verb, label="审计记录", rows=rows, filters=filters)


def record_head_printed(*, actor: Actor, head: Head, location: str, sent: Sent) -> None:
    """Somebody printed a head to be signed and kept outside."""
    with writing(actor, "audit.export", sent=sent) as change:
        change.tell("print", label=f"{head.day} 日末值", seq=head.seq, digest=head.digest)
        change.leads_to(location)
