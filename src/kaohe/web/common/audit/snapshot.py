"""A row as plain values for the audit log, and what differs between two of them."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from kaohe.web.common.audit.plain import digested, plain
from kaohe.web.common.fields import EncryptedTextField, blind_index

Snapshot = dict[str, object]
# Bookkeeping of the row itself says nothing about the county.
_UNTOLD = frozenset(["id", "version", "created_at", "changed_at", "last_login"])
# Whoever has these could log in by them or try passwords at home.
_SECRET = frozenset(["password", "code_hash"])


def snapshot(row: models.Model) -> Snapshot:
    """The columns of a row as JSON values, by name; encrypted and secret ones as a mark only.

    Blind indexes are left out: they say again, column beside column, what the mark says. A model
    names in `told_by_digest` the columns whose content does not belong into the log.
    """
    by_digest = getattr(type(row), "told_by_digest", ())
    return {field.attname: _value(field, row, by_digest) for field in told_columns(type(row))}


def told_columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that a snapshot holds, in the table's order."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in _UNTOLD and not _is_blind_index(field)
    ]


def difference(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """The columns that changed, as they were and as they are."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _value(field: models.Field[Any, Any], row: models.Model, by_digest: Any) -> object:
    value = getattr(row, field.attname)
    if isinstance(field, EncryptedTextField) or field.name in _SECRET:
        mark = blind_index(value or "")
        # Long enough that two values which differ never share it, and a change is never missed.
        return f"（不显示，标记 {mark[:16]}）" if mark else ""
    if field.name in by_digest and isinstance(field, models.JSONField):
        # By json alone, since there may be megabytes of it; sorted, since databases order it anew.
        return digested(json.dumps(value, sort_keys=True).encode())
    if field.name in by_digest:
        return digested(repr(plain(value)).encode())
    return plain(_typed(field, value))


def _typed(field: models.Field[Any, Any], value: object) -> object:
    """The column's own type of what a form or a script may have put there as a text."""
    try:
        return field.to_python(value)
    except ValidationError:
        # It will not be stored either: full_clean says why.
        return value


def _is_blind_index(field: models.Field[Any, Any]) -> bool:
    return not field.editable and field.name.endswith("_index")
