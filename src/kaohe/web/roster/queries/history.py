"""The audit log read as the history of one object, in the words of the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import models
from django.db.models import Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.common.audit.words import VERBS, model_of
from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.models import (
    Person,
    Post,
    Posting,
    Team,
    TeamMember,
    Unit,
    UnitAttributes,
    Village,
    VillageCount,
    WorkYear,
)
from kaohe.web.roster.queries.audited_values import Changed, Names, changes_of, shown_numbers
from kaohe.web.roster.queries.reach import (
    people_in,
    postings_in,
    teams_in,
    units_in,
    villages_in,
    years_in,
)

# What each kind of page is about, and who reaches it.
KINDS: Final[Mapping[str, Callable[[Reach], QuerySet[Any]]]] = {
    "year": years_in,
    "unit": units_in,
    "village": villages_in,
    "person": people_in,
    "team": teams_in,
    "posting": postings_in,
}
# Rows that are part of an object's history: their table, and the column that names the object.
_PARTS: Final[Mapping[type[models.Model], Sequence[tuple[type[models.Model], str]]]] = {
    WorkYear: (),
    Unit: ((UnitAttributes, "unit_id"), (Post, "unit_id")),
    Village: ((VillageCount, "village_id"),),
    Person: ((Post, "person_id"), (TeamMember, "person_id")),
    Team: ((TeamMember, "team_id"),),
    Posting: (),
}
# Where a history says it otherwise than the audit log.
_VERBS: Final[Mapping[str, str]] = {**VERBS, "reveal": "查看", "lookup": "按号码查到"}


@dataclass(frozen=True)
class Event:
    """One entry of the log: who did what to which row, and what it changed."""

    at: datetime
    who: str
    roles: str
    origin: str
    # 登记, 修改 …, and the whole of it: 修改人员“张三”.
    verb: str
    what: str
    reason: str
    changes: Sequence[Changed]


def entries_about(row: models.Model, reach: Reach) -> QuerySet[AuditEntry]:
    """All entries about a row and the rows that are part of it, the latest first.

    Postings have a history of their own. Who holds posts in a unit is its own affair: a unit
    that is only seen, because it sent somebody or is served in, is told of without them.
    """
    about = _of(type(row), [str(row.pk)])
    own = reach.whole or not isinstance(row, Unit) or row.pk in reach.units
    for model, column in _PARTS[type(row)] if own else ():
        about |= _of(model, _part_ids(model, column, row.pk))
    return AuditEntry.objects.filter(about, county_id=reach.county_id).order_by("-seq")


def own_changes(row: models.Model, reach: Reach) -> QuerySet[AuditEntry]:
    """What was done to a row itself, the latest first; who looked at it is left out."""
    own = _of(type(row), [str(row.pk)]) & Q(verb__in=("create", "update"))
    return AuditEntry.objects.filter(own, county_id=reach.county_id).order_by("-seq")


def events(entries: Sequence[AuditEntry]) -> list[Event]:
    """Entries in words; the names of the rows that they mention are read all at once."""
    names = Names(entries)
    return [_event(entry, names) for entry in entries]


def _event(entry: AuditEntry, names: Names) -> Event:
    model = model_of(entry.object_type)
    verb = _VERBS.get(entry.verb, entry.verb)
    kind = str(model._meta.verbose_name) if model is not None else ""
    shown = f"的{shown_numbers(entry)}" if entry.verb == "reveal" else ""
    return Event(
        at=entry.at,
        who=entry.actor_name,
        roles=entry.actor_roles,
        origin=entry.origin,
        verb=verb,
        what=f"{verb}{kind}“{entry.object_label}”{shown}",
        reason=entry.reason,
        changes=changes_of(entry, names),
    )


def _of(model: type[models.Model], ids: Sequence[str]) -> Q:
    return Q(object_type=model._meta.label_lower, object_id__in=ids)


def _part_ids(model: type[models.Model], column: str, pk: object) -> list[str]:
    """The ids of the rows that are, or once were, part of an object."""
    present = model._default_manager.filter(**{column: pk}).values_list("pk", flat=True)
    logged = AuditEntry.objects.filter(
        Q(**{f"before__{column}": pk}) | Q(**{f"after__{column}": pk}),
        object_type=model._meta.label_lower,
    ).values_list("object_id", flat=True)
    return sorted({*map(str, present), *logged})
