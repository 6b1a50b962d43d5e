"""The ends of messages about something unknown."""

from __future__ import annotations

import difflib
from collections.abc import Collection

_LISTED = 10


def nearest(name: str, known: Collection[str]) -> str:
    """What the author may have meant: the names most like `name`, or all when they are few."""
    close = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    if close:
        return f"；是不是「{'」或「'.join(close)}」？"
    if known and len(known) <= _LISTED:
        return f"；可以用的有：{'、'.join(sorted(known))}"
    return "；请对照办法文件里的名称"
