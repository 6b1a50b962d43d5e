"""Appending to the chain: the last thing a transaction does before it commits."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from kaohe.web.common.audit.chain import link
from kaohe.web.common.models import AuditChain, AuditEntry

BATCH = 500


def append(entries: Sequence[AuditEntry]) -> None:
    """Number, seal and store entries in their order. Needs an open transaction.

    The chain's end is locked until the commit, so two writers never seal behind the same entry.
    """
    assert connection.in_atomic_block, "an audit entry belongs into the transaction of its write"
    AuditChain.objects.get_or_create(id=1)
    end = AuditChain.objects.select_for_update().get(id=1)
    for entry in entries:
        entry.seq = end.seq + 1
        entry.algorithm = settings.AUDIT_HASH
        entry.digest = link(end.digest, entry)
        end.seq, end.digest = entry.seq, entry.digest
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)
    end.save(update_fields=["seq", "digest"])
