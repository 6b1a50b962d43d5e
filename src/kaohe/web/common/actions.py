"""Writes that every domain needs."""

from __future__ import annotations

from kaohe.web.common.actor import Actor
from kaohe.web.common.writing import writing


def record_export(*, actor: Actor, what: str, rows: int, filters: str) -> None:
    """Write down that somebody took a list out of the site: which, how long, how filtered."""
    with writing(actor, "list.export") as change:
        change.tell("export", label=what, rows=rows, filters=filters[:500])
