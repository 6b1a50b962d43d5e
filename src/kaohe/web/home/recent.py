"""What changed, in plain words: “王秀兰 修改了 柳林村 的贫困户数”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Model

from kaohe.web.common.audit.words import VERBS, kind_label
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import ACTIONS
from kaohe.web.home.links import to
from kaohe.web.home.queries.recent import Done

# The page that shows a row, and the column that names the row whose page it is.
_PAGES = {
    "roster.workyear": ("roster:year", ""),
    "roster.unit": ("roster:unit", ""),
    "roster.village": ("roster:village", ""),
    "roster.person": ("roster:person", ""),
    "roster.team": ("roster:team", ""),
    "roster.posting": ("roster:posting", ""),
    "roster.villagecount": ("roster:village", "village_id"),
    "roster.unitattributes": ("roster:unit", "unit_id"),
    "roster.post": ("roster:person", "person_id"),
    "roster.teammember": ("roster:team", "team_id"),
}
# How many changed columns a sentence names.
_NAMED = 3


@dataclass(frozen=True)
class Change:
    """A sentence: who did it, what to, of what, when; a row that is gone has no address."""

    at: datetime
    who: str
    did: str
    what: str
    url: str
    of: str


def sentences(done: Sequence[Done]) -> list[Change]:
    """A sentence an action, in the order given."""
    return [_of_many(one) if one.count > 1 else _of_one(one.first) for one in done]


def _of_one(entry: AuditEntry) -> Change:
    return Change(
        at=entry.at,
        who=entry.actor_name,
        did=f"{VERBS[entry.verb]}了",
        what=entry.object_label,
        url=_page(entry),
        of=_columns(entry) if entry.verb == "update" else kind_label(entry.object_type),
    )


def _of_many(done: Done) -> Change:
    parts = [
        f"{VERBS[verb]}{kind_label(object_type)} {count} 条"
        for object_type, verb, count in done.touched
    ]
    return Change(
        at=done.first.at,
        who=done.first.actor_name,
        did="",
        what=ACTIONS[done.first.action].label if done.first.action in ACTIONS else "改了名册",
        url="",
        of="，".join(parts),
    )


def _model(object_type: str) -> type[Model]:
    return apps.get_model(object_type)


def _columns(entry: AuditEntry) -> str:
    labels = {
        field.attname: str(field.verbose_name)
        for field in _model(entry.object_type)._meta.concrete_fields
    }
    names = [labels[name] for name in entry.after if name in labels]
    more = f"等 {len(names)} 项" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _page(entry: AuditEntry) -> str:
    page, column = _PAGES[entry.object_type]
    if entry.verb == "delete":
        return ""
    key = entry.after.get(column) if column else entry.object_id
    if key is None:
        row = _model(entry.object_type)._default_manager.filter(pk=entry.object_id)
        key = row.values_list(column, flat=True).first()
    return to(page, key) if key else ""
