"""A row as a line of JSON and back: one text for one content, whichever database gave it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from kaohe.web.operations.backup.tables import Table


def line(row: tuple[Any, ...]) -> bytes:
    text = json.dumps(
        row, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode() + b"\n"


def read_row(table: Table, text: bytes) -> Any:
    """The row of a line, not stored yet. Raises ValueError or ValidationError for a wrong one."""
    fields = table._meta.local_concrete_fields
    values = json.loads(text)
    return table(
        **{one.attname: one.to_python(value) for one, value in zip(fields, values, strict=True)}
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"a {type(value).__name__} has no form in a backup")


@dataclass
class Counted:
    """Lines counted and hashed as they pass."""

    rows: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for one in lines:
            self.rows += 1
            self._digest.update(one)
            yield one

    @property
    def sha256(self) -> str:
        return str(self._digest.hexdigest())
