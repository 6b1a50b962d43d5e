"""An import taken back: what it made is removed, what it changed is as before; all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models

from kaohe.web.common.actor import Actor
from kaohe.web.common.changes import BATCH, Change
from kaohe.web.common.errors import Refusal
from kaohe.web.common.fields import EncryptedTextField, decrypt
from kaohe.web.common.models import Record
from kaohe.web.common.writing import writing
from kaohe.web.roster.actions.imports import find_of_job
from kaohe.web.roster.imports.applying import ORDER, Tell, changed_fields
from kaohe.web.roster.models import ImportBatch, Posting

MOST_TOLD = 200


class UndoRefused(Refusal):
    """Rows that were changed since, or that something newer stands on; rows tells which."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.rows = rows
        super().__init__(f"有 {len(rows)} 行在导入以后被改过或用到了，不能撤销，没有改动任何数据。")


@dataclass(frozen=True)
class Done:
    """What the import did to one row; before is None for one that it made."""

    place: str
    label: str
    pk: int
    version: int
    before: Mapping[str, Any] | None


def undo_import(actor: Actor, batch_id: int, job_id: UUID, tell: Tell) -> None:
    """Take an import back. Raises UndoRefused."""
    with writing(actor, "roster.import") as change:
        batch = find_of_job(change, batch_id, job_id, ImportBatch.State.CONFIRMED)
        done = _done(batch)
        total = sum(len(rows) for rows in done.values())
        tell(0, total, "正在核对导入以后的改动")
        rows = {model: _present(change, model, done[model]) for model in ORDER}
        _refuse_changed(done, rows)
        count = 0
        try:
            for model in reversed(ORDER):
                tell(count, total, f"正在恢复{model._meta.verbose_name}")
                _take_back(change, model, done[model], rows[model])
                count += len(done[model])
        except IntegrityError as error:
            raise Refusal(
                "导入以前的编号、名称或身份证号已被别的记录使用，不能撤销，没有改动任何数据。"
            ) from error
        batch.state = ImportBatch.State.UNDONE
        change.update(batch)


def _done(batch: ImportBatch) -> dict[type[Record], list[Done]]:
    by_label = {model._meta.label_lower: model for model in ORDER}
    done: dict[type[Record], list[Done]] = {model: [] for model in ORDER}
    for row in batch.changes:
        for label, pk, version, before in row["steps"]:
            place = f"{row['sheet']} 第 {row['row']} 行"
            done[by_label[label]].append(Done(place, row["label"], pk, version, before))
    return done


def _present(change: Change, model: type[Record], done: Sequence[Done]) -> dict[int, Any]:
    """The rows as they are now, locked."""
    found: dict[int, Any] = {}
    for keys in _pieces([one.pk for one in done]):
        found |= {row.pk: row for row in change.find_all(model._base_manager.filter(pk__in=keys))}
    return found


def _refuse_changed(
    done: Mapping[type[Record], Sequence[Done]], rows: Mapping[type[Record], Mapping[int, Any]]
) -> None:
    """What was changed since, and what refers to a row that would go."""
    told: list[list[str]] = []
    mine = {(model, one.pk) for model, steps in done.items() for one in steps}
    for model, steps in done.items():
        made = {one.pk: one for one in steps if one.before is None}
        for one in steps:
            row = rows[model].get(one.pk)
            if row is None:
                told.append([one.place, one.label, "已被删除"])
            elif row.version != one.version:
                told.append([one.place, one.label, "导入以后被改过"])
        for user, key in _users(model, list(made)):
            if (type(user), user.pk) not in mine:
                kind = type(user)._meta.verbose_name
                told.append([made[key].place, made[key].label, f"被{kind}“{user}”用到"])
    if told:
        raise UndoRefused(told)


def _users(model: type[Record], keys: Sequence[int]) -> Iterator[tuple[models.Model, int]]:
    """Rows that refer to any of these, each with the key that it refers to."""
    for relation in model._meta.related_objects:
        name = relation.field.attname
        for piece in _pieces(keys):
            for user in relation.related_model._base_manager.filter(**{f"{name}__in": piece}):
                yield user, getattr(user, name)


def _take_back(
    change: Change, model: type[Record], done: Sequence[Done], rows: Mapping[int, Any]
) -> None:
    """Remove and restore. A row that is restored may need a name that only now becomes free.

    Postings the other way round: a restored one no longer takes over from one that goes.
    """
    made = [rows[one.pk] for one in done if one.before is None]
    changed = [one for one in done if one.before is not None]
    if model is Posting:
        _restore(change, model, changed, rows)
    for wave in _waves(made):
        change.delete_many(wave)
    if model is not Posting:
        _restore(change, model, changed, rows)


def _restore(
    change: Change, model: type[Record], done: Sequence[Done], rows: Mapping[int, Any]
) -> None:
    restored = []
    relations = {field.name for field in model._meta.concrete_fields if field.is_relation}
    for one in done:
        row = rows[one.pk]
        for name, value in (one.before or {}).items():
            setattr(row, name, _value(model._meta.get_field(name), value))
        row.clean_fields(exclude=relations)
        restored.append(row)
    if restored:
        names = iter({name for one in done for name in one.before or ()})
        change.update_many(restored, changed_fields(model, names))


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, EncryptedTextField):
        return decrypt(value) if value else ""
    return value if value is None else field.to_python(value)


def _waves(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Postings before those that they took over from."""
    waiting = list(rows)
    while waiting:
        stood_on = {getattr(row, "replaces_id", None) for row in waiting}
        free = [row for row in waiting if row.pk not in stood_on or type(row) is not Posting]
        yield free
        taken = {row.pk for row in free}
        waiting = [row for row in waiting if row.pk not in taken]


def _pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
