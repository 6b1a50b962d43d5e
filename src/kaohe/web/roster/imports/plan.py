"""What a workbook would do: row by row, each value before and after."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from kaohe.web.common.fields import EncryptedTextField, encrypt, masked
from kaohe.web.common.models import Record
from kaohe.web.roster.imports.columns import Column


@dataclass(frozen=True)
class Shown:
    """A value as people read it, before and after; personal ones masked."""

    label: str
    before: str
    after: str


@dataclass
class Step:
    """A row of the database that is made or changed; before holds what stood there, for undo."""

    record: Record
    new: bool
    before: dict[str, Any] = field(default_factory=dict)

    def keep(self, name: str) -> None:
        """Keep a field's value, which is about to change."""
        column = self.record._meta.get_field(name)
        assert isinstance(column, models.Field)
        self.before.setdefault(column.attname, stored(column, self.record))


@dataclass
class RowChange:
    """What one row of a sheet does."""

    sheet: str
    number: int
    record: Record
    new: bool
    shown: list[Shown] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def as_values(self) -> dict[str, Any]:
        """For storing as JSON: what a page shows of it."""
        return {
            "sheet": self.sheet,
            "row": self.number + 1,
            "label": str(self.record),
            "new": self.new,
            "shown": [[one.label, one.before, one.after] for one in self.shown],
        }


@dataclass
class Plan:
    """All that a workbook does, and how many of its rows say what is known already."""

    rows: list[RowChange] = field(default_factory=list)
    unchanged: dict[str, int] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        for row in self.rows:
            yield from row.steps

    def fingerprint(self) -> str:
        """Equal for plans that do the same to rows of the same versions."""
        told = [
            [
                row.as_values(),
                [[step.record.pk, step.record.version] for step in row.steps if not step.new],
            ]
            for row in self.rows
        ]
        text = json.dumps([told, self.unchanged], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def stored(column: models.Field[Any, Any], record: Record) -> Any:
    """A field's value as JSON that `restored` takes back; personal data encrypted."""
    value = getattr(record, column.attname)
    if isinstance(column, EncryptedTextField):
        return encrypt(value) if value else ""
    if value is None or isinstance(value, (bool, int, str, Mapping)):
        return value
    return column.value_to_string(record)


def in_words(column: Column, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if column.personal:
        return masked(str(value), head=3, tail=2)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        code = getattr(value, "code", None)
        return f"{value}（{code}）" if code else str(value)
    return dict(column.choices).get(str(value), str(value))
