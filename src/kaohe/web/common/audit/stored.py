"""Reading the chain as it lies in the database, also where somebody made it unreadable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet

from kaohe.web.common.audit.chain import SEALED
from kaohe.web.common.models import AuditEntry

CHUNK = 1000
Values = dict[str, object]
_COLUMNS = (*SEALED, "digest")
# What SQLite and Django raise for a date, an identifier, a JSON or a text that is none.
_UNREADABLE = (ValueError, TypeError, AttributeError, DatabaseError)


def stored_entries() -> Iterator[tuple[int, Values | None, str]]:
    """Number, sealed values and digest of each entry in order; values are None where unreadable.

    A chunk a query, so that neither memory nor an open transaction grows with the chain.
    """
    after: int | None = None
    while chunk := _chunk(after):
        yield from chunk
        after = chunk[-1][0]


def _chunk(after: int | None) -> list[tuple[int, Values | None, str]]:
    rows = AuditEntry.objects.order_by("seq")
    if after is not None:
        rows = rows.filter(seq__gt=after)
    try:
        return [_read(row) for row in rows.values_list(*_COLUMNS)[:CHUNK]]
    except _UNREADABLE:
        return [_alone(seq) for seq in rows.values_list("seq", flat=True)[:CHUNK]]


def _alone(seq: int) -> tuple[int, Values | None, str]:
    row: QuerySet[AuditEntry, Any] = AuditEntry.objects.filter(seq=seq).values_list(*_COLUMNS)
    try:
        return _read(row[0])
    except _UNREADABLE:
        digests = AuditEntry.objects.filter(seq=seq).values_list("digest", flat=True)
        try:
            return seq, None, str(digests[0])
        except _UNREADABLE:
            return seq, None, ""


def _read(row: Any) -> tuple[int, Values, str]:
    *values, digest = row
    return values[0], dict(zip(SEALED, values, strict=True)), str(digest)
