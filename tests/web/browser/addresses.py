"""An address for each page of the permission table, about rows of the cast."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from kaohe.web.common.permissions import PAGES, Role

# Pages about a row: whose key they take, by how their names begin; the longest beginning counts.
_ABOUT = {
    "roster:year": "year",
    "roster:unit": "yunxi",
    "roster:village": "liulin",
    "roster:person": "zhang",
    "roster:post-": "post",
    "roster:team": "team",
    "roster:member-": "member",
    "roster:member-add": "team",
    "roster:posting": "secretary_posting",
    "roster:import": "batch",
    "audit:entry": "entry",
    "common:job": "job",
    "fieldwork:leave": "leave",
    "fieldwork:journal": "journal",
    "fieldwork:report": "report",
    "fieldwork:evidence": "evidence",
    "fieldwork:thumbnail": "evidence",
}
# Pages without a row although others of that beginning have one.
_WHOLE = ("s", "-add", "-export", "-lookup", "-template", "-upload", "-slips", "-attributes")
# Or although their names begin like those of others.
_ALONE = ("-write", "-month", "-bound", "-sending", "-due", "-list")
_WITH = {"roster:unit-attributes", "roster:member-add"}


def address_of(name: str, cast: SimpleNamespace) -> str:
    """The page's address. Raises NoReverseMatch for one that is not built yet."""
    if name == "help:page":
        return reverse(name, args=["roster"])
    if name == "roster:history":
        return reverse(name, args=["village", cast.liulin.pk])
    if name == "fieldwork:person-month":
        return reverse(name, args=[cast.zhang.pk, 2016, 5])
    if name == "fieldwork:workday-year":
        return reverse(name, args=[2030])
    if name == "accounts:revoke":
        grant = cast.township.grants.get()
        return reverse(name, args=[cast.township.pk, grant.pk])
    if name.startswith("accounts:"):
        return _with_or_without(name, cast.township.pk)
    whole = name.endswith((*_WHOLE, *_ALONE)) and name not in _WITH
    starts = [start for start in _ABOUT if name.startswith(start)]
    if whole or not starts:
        return reverse(name)
    row = getattr(cast, _ABOUT[max(starts, key=len)])
    return reverse(name, args=[row.pk])


def _with_or_without(name: str, pk: Any) -> str:
    from django.urls import NoReverseMatch

    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[pk])


def roles_of(name: str) -> list[Role]:
    """The roles that the table lets onto the page."""
    from kaohe.web.common.permissions import ACTIONS

    return [role for role in ACTIONS[PAGES[name]].scopes if role != Role.COMMAND]
