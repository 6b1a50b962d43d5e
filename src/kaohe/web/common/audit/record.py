"""Appending to the chain: the last thing a transaction does before it commits."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection, models

from kaohe.web.common.audit.chain import link, sealed_values
from kaohe.web.common.audit.plain import told, told_text
from kaohe.web.common.models import AuditChain, AuditEntry

BATCH = 500


class ChainBroken(RuntimeError):
    """The chain's end is gone while entries are there: no more is written until somebody looked."""


def append(entries: Sequence[AuditEntry]) -> None:
    """Number, seal and store entries in their order. Needs an open transaction.

    The chain's end is locked until the commit, so two writers never seal behind the same entry.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry belongs into the transaction of its write")
    end = _locked_end()
    for entry in entries:
        tidy(entry)
        entry.seq = end.seq + 1
        entry.algorithm = settings.AUDIT_HASH
        entry.digest = link(end.digest, sealed_values(entry))
        end.seq, end.digest = entry.seq, entry.digest
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)
    end.save(update_fields=["seq", "digest"])


def tidy(entry: AuditEntry) -> None:
    """Make of an entry what each database gives back alike: what is sealed is what is stored."""
    for field in entry._meta.concrete_fields:
        value = getattr(entry, field.attname)
        if isinstance(field, (models.CharField, models.TextField)):
            text = told_text(str(value))
            setattr(entry, field.attname, text[: field.max_length] if field.max_length else text)
        elif isinstance(field, models.JSONField):
            setattr(entry, field.attname, told(value))


def _locked_end() -> AuditChain:
    _, new = AuditChain.objects.get_or_create(id=1)
    if new and AuditEntry.objects.exists():
        raise ChainBroken(
            "审计链的末尾登记不见了，而审计记录还在：数据库被改动过。"
            "请停止使用，保留数据库文件，运行 kaohe audit verify 核对。"
        )
    return AuditChain.objects.select_for_update().get(id=1)
