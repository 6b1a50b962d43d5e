"""The values of audit entries in words: columns and rows by their names, days as written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.formats import date_format

from kaohe.web.common.audit.words import model_of
from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.models import Person, Posting, UnitAttributes, WorkYear

NOTHING = "（空）"
# Columns that follow from others, or that are the same for all of a county.
_UNTOLD = frozenset(["initials", "county_id", "id_index", "phone_index"])
_SHOWN_NUMBERS = {"id_number": "身份证号", "phone": "电话"}


@dataclass(frozen=True)
class Changed:
    """A column as it was and as it is."""

    label: str
    before: str
    after: str


class Names:
    """The names of all rows that some entries mention, read with one query a table."""

    def __init__(self, entries: Iterable[AuditEntry]) -> None:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for entry in entries:
            model = model_of(entry.object_type)
            for values in (entry.before, entry.after):
                for name, value in values.items():
                    target = _target(_field(model, name))
                    if target is not None and isinstance(value, int):
                        wanted[target].add(value)
        self._rows = {model: _rows(model, ids) for model, ids in wanted.items()}

    def name(self, model: type[models.Model], pk: object) -> str:
        row = self._rows.get(model, {}).get(int(str(pk)))
        return str(row) if row is not None else f"已删除（{pk}）"

    def year(self, pk: object) -> WorkYear | None:
        row = self._rows.get(WorkYear, {}).get(int(str(pk or 0)))
        return row if isinstance(row, WorkYear) else None


def changes_of(entry: AuditEntry, names: Names) -> list[Changed]:
    """What an entry tells of each column; the empty ones of a new or removed row are left out."""
    model = model_of(entry.object_type)
    changes = []
    for name in dict.fromkeys([*entry.before, *entry.after]):
        if name in _UNTOLD:
            continue
        old, new = entry.before.get(name), entry.after.get(name)
        if model is UnitAttributes and name == "values":
            changes += _attributes(entry, old or {}, new or {}, names)
            continue
        field = _field(model, name)
        if field is not None:
            changes.append(
                Changed(_label(field), _word(field, old, names), _word(field, new, names))
            )
    return [one for one in changes if one.before != one.after]


def shown_numbers(entry: AuditEntry) -> str:
    """Which numbers somebody saw in clear: 身份证号、电话."""
    return "、".join(_SHOWN_NUMBERS.get(str(name), "") for name in entry.after.get("fields", ()))


def _label(field: models.Field[object, object]) -> str:
    # Places and teams have a 名称, people a 姓名.
    return "姓名" if field.model is Person and field.name == "name" else str(field.verbose_name)


def _word(field: models.Field[object, object], value: object, names: Names) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    target = _target(field)
    if target is not None:
        return names.name(target, value)
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return date_format(date.fromisoformat(str(value)))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.JSONField):
        return f"（{len(value)} 个点）" if isinstance(value, list) else str(value)
    return str(value)[:200]


def _attributes(
    entry: AuditEntry, old: dict[str, object], new: dict[str, object], names: Names
) -> list[Changed]:
    """The attributes of a unit one by one, by the names that its year's scheme gives them."""
    row = UnitAttributes.objects.filter(pk=entry.object_id).select_related("year").first()
    year = row.year if row is not None else names.year(entry.after.get("year_id"))
    labels = {one.code: one.name for one in year.scheme.attributes} if year is not None else {}
    return [
        Changed(labels.get(code, code), _plain(old.get(code)), _plain(new.get(code)))
        for code in dict.fromkeys([*old, *new])
    ]


def _plain(value: object) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _field(model: type[models.Model] | None, name: str) -> models.Field[object, object] | None:
    fields = model._meta.concrete_fields if model is not None else ()
    return next((field for field in fields if field.attname == name), None)


def _target(field: models.Field[object, object] | None) -> type[models.Model] | None:
    if not isinstance(field, models.ForeignKey):
        return None
    return field.related_model


def _rows(model: type[models.Model], ids: Sequence[int] | set[int]) -> dict[int, models.Model]:
    rows = model._default_manager.filter(pk__in=ids)
    if model is Posting:
        rows = rows.select_related("person", "team", "village")
    return {row.pk: row for row in rows}
