"""The parts of the pages about work records, as tabs."""

from __future__ import annotations

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.fieldwork.queries.records_confirming import waiting_for


def tabs_of(actor: Actor, active: str) -> list[dict[str, object]]:
    """The tabs that the account may open; the one of the inbox says how many wait."""
    tabs = []
    if actor.may("record.report"):
        tabs.append(_tab("登记", "records", active))
    tabs.append(_tab("全部记录", "records-list", active))
    if actor.may("record.confirm"):
        waiting = waiting_for(actor).count()
        tabs.append(_tab("待确认", "records-waiting", active) | {"count": waiting})
    tabs.append(_tab("全年对照", "records-year", active))
    return tabs


def _tab(label: str, name: str, active: str) -> dict[str, object]:
    url = reverse(f"fieldwork:{name}")
    return {"label": label, "url": url, "active": name == active, "count": None}
