"""To whom a phone's queue belongs: a mark of the account that tells nothing else."""

from __future__ import annotations

from kaohe.web.common.actor import Actor
from kaohe.web.common.fields import blind_index


def owner_of(actor: Actor) -> str:
    """The account's mark; the same account has the same one on every device."""
    return (blind_index(f"queue {actor.account_id}") or "")[:32]
