"""A row as plain values for the audit log, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import models

from kaohe.web.common.fields import EncryptedTextField, blind_index

Snapshot = dict[str, object]
# Bookkeeping of the row itself says nothing about the county.
_UNTOLD = frozenset(["id", "version", "created_at", "changed_at"])


def snapshot(row: models.Model) -> Snapshot:
    """The columns of a row as JSON values, by name; encrypted ones as a fingerprint only."""
    return {
        field.attname: _value(field, row)
        for field in row._meta.concrete_fields
        if field.name not in _UNTOLD
    }


def difference(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """The columns that changed, as they were and as they are."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _value(field: models.Field[object, object], row: models.Model) -> object:
    value = getattr(row, field.attname)
    if isinstance(field, EncryptedTextField):
        mark = blind_index(value or "")
        return f"（已加密 {mark[:8]}）" if mark else ""
    return _plain(value)


def _plain(value: object) -> object:
    if value is None or isinstance(value, (str, int, bool)):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value)
