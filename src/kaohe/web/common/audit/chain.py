"""The links of the chain: what of an entry is hashed, and how."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings

from kaohe.web.common.models import AuditEntry

# What the first entry follows.
START: Final = "0" * 64
# An entry names its own algorithm, so a site may change over; a new way to write the sealed text
# down gets a new name here, and the old names stay for as long as there are entries of theirs.
_HASHES: Final = {"sha256": hashes.SHA256, "sm3": hashes.SM3}
ALGORITHMS: Final = frozenset(_HASHES)
ALGORITHM_LABELS: Final = {"sha256": "SHA-256", "sm3": "SM3"}
# All that an entry says; its digest alone is left out.
SEALED: Final = (
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


def sealed_values(entry: AuditEntry) -> dict[str, object]:
    """What of an entry is sealed, by name."""
    return {name: getattr(entry, name) for name in SEALED}


def link(previous: str, values: dict[str, object]) -> str:
    """The digest of an entry's sealed values behind the digest before, as 64 hexadecimal digits.

    Keyed by the site's secret, so whoever can write the database alone cannot make a chain anew.
    Raises KeyError for an algorithm that is none of ours.
    """
    mac = hmac.HMAC(settings.AUDIT_KEY, _HASHES[str(values["algorithm"])]())
    # Our digests are ASCII and our texts whole; what a tamperer put there must be hashed as well.
    mac.update(previous.encode("utf-8", "surrogatepass"))
    mac.update(canonical(values).encode("utf-8", "surrogatepass"))
    return mac.finalize().hex()


def canonical(values: dict[str, object]) -> str:
    """One text for one content, whichever database gave it back.

    JSON with sorted keys keeps the columns apart and texts apart from numbers. No float comes in
    here: PostgreSQL gives 1e2 back as 100, so `tidy` in record.py has made a text of it.
    """
    return _JSON.encode(values)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


_JSON: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
)
