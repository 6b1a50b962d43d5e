"""The one door for writes: permit, one transaction, versions, audit, a submission counted once.

    with writing(actor, "village.change", sent=sent) as change:
        village = change.find(villages_in(change.reach), village_id, version=seen)
        village.name = name
        change.update(village)
        change.leads_to(reverse(...))

An action is a function around such a block. Whatever is written inside is told to the audit log by
`create`, `update`, `delete` and `tell`, and all of it is stored together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from kaohe.web.common.actor import Actor
from kaohe.web.common.changes import Change
from kaohe.web.common.permissions import ACTIONS
from kaohe.web.common.submissions import Sent, answered, claim, raise_if_known

__all__ = ["Change", "Sent", "raise_if_known", "writing"]


@contextmanager
def writing(
    actor: Actor, action: str, *, sent: Sent | None = None, reason: str = ""
) -> Iterator[Change]:
    """Open an action. Raises NotPermitted, AlreadyDone or SubmissionReused, with nothing done."""
    if not ACTIONS[action].writes:
        raise ValueError(f"{action} is not among the actions that write, see permissions.py")
    change = Change(actor, action, reason)
    try:
        with transaction.atomic(durable=True):
            if sent is not None:
                claim(sent, actor)
            yield change
            change.seal()
            if sent is not None:
                answered(sent, change.location)
    except BaseException:
        change.undo()
        raise
