"""The links of the chain: what of an entry is hashed, and how."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings

from kaohe.web.common.models import AuditEntry

START = "0" * 64
_HASHES = {"sha256": hashes.SHA256, "sm3": hashes.SM3}
# All that an entry says; its digest alone is left out.
SEALED = (
    "seq",
    "at",
    "county_id",
    "actor_id",
    "actor_name",
    "actor_roles",
    "origin",
    "request_id",
    "action",
    "verb",
    "object_type",
    "object_id",
    "object_label",
    "before",
    "after",
    "reason",
    "algorithm",
)


def link(previous: str, entry: AuditEntry) -> str:
    """The digest of an entry behind the one whose digest is given, as 64 hexadecimal digits.

    Keyed by the site's secret, so whoever can write the database alone cannot make a chain anew.
    """
    mac = hmac.HMAC(settings.AUDIT_KEY, _HASHES[entry.algorithm]())
    mac.update(previous.encode("ascii"))
    mac.update(canonical(entry).encode())
    return mac.finalize().hex()


def canonical(entry: AuditEntry) -> str:
    """One text for one content, whichever database gave it back."""
    values = {name: _plain(getattr(entry, name)) for name in SEALED}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, (str, int, bool, Mapping)):
        return value
    return str(value)
