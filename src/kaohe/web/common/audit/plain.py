"""Values as the chain keeps them: plain, the same from each database, and without ID numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import Model
from django.db.models.fields.files import FieldFile

# A net below the encrypted columns: a number that somebody typed into a remark, or a cell of a
# workbook. The birthday's place in it keeps other long numbers readable.
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(\d{3})\d{3}(?:18|19|20)\d{2}[01]\d[0-3]\d\d{2}(\d[0-9Xx])(?![0-9A-Za-z])"
)
_LONGEST = 200_000


def plain(value: object) -> object:
    """A value as JSON holds it without loss; a float as a text, since databases rewrite it."""
    if value is None or isinstance(value, (str, bool, int)):
        # An enumeration's member is a text or a number, and nothing more.
        return value if value is None or isinstance(value, bool) else _bare(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return digested(bytes(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    if isinstance(value, Model):
        return plain(value.pk)
    if isinstance(value, FieldFile):
        return value.name or ""
    return str(value)


def told(value: object) -> object:
    """A plain value fit for the log: no ID number in full, no sign that a database refuses."""
    if isinstance(value, str):
        return told_text(value)
    if isinstance(value, Mapping):
        return {told_text(str(key)): told(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [told(item) for item in value]
    return plain(value)


def told_text(text: str) -> str:
    """The text with ID numbers masked; one of a book's length by its digest only."""
    # PostgreSQL refuses NUL, and half a surrogate pair has no UTF-8.
    whole = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if len(whole) > _LONGEST:
        return digested(whole.encode())
    return _ID_NUMBER.sub(lambda match: f"{match[1]}*************{match[2]}", whole)


def digested(content: bytes) -> str:
    """What stands in the log for a content that does not."""
    return f"（{len(content)} 字节，SHA-256 {hashlib.sha256(content).hexdigest()}）"


def _bare(value: str | int) -> str | int:
    return str(value) if isinstance(value, str) else int(value)


def _decimal(value: Decimal) -> str:
    """Without the zeros that one database adds and the other does not; nothing is rounded."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text
