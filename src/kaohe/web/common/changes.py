"""What one action does while its transaction is open: each write checks, stores and tells."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from django.utils import timezone

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.common.audit.record import append
from kaohe.web.common.audit.snapshot import Snapshot, difference, snapshot
from kaohe.web.common.errors import Conflict, NotPermitted, Refusal
from kaohe.web.common.loading import load_rows
from kaohe.web.common.models import AuditEntry, Record
from kaohe.web.common.permissions import Role

Row = TypeVar("Row", bound=models.Model)
BATCH = 500
_Key = tuple[type[models.Model], object]


class Change:
    """An action under way. Nothing it writes stays unless `seal` has told all of it."""

    def __init__(self, actor: Actor, action: str, reason: str) -> None:
        self.actor = actor
        self.action = action
        self.reach: Reach = actor.reach(action)
        self.request_id = uuid.uuid4()
        self.at = timezone.now()
        self._reason = reason
        self._entries: list[AuditEntry] = []
        self._before: dict[_Key, Snapshot] = {}
        # Rows that nobody else can change before this transaction ends.
        self._locked: set[_Key] = set()
        self._undoings: list[Callable[[], None]] = []
        self.location = ""

    # Reading for a write

    def find(self, rows: models.QuerySet[Row], pk: object, *, version: int | None = None) -> Row:
        """The row of that key among those within reach, locked; Http404 for any other.

        With the version that the form showed, raises Conflict when the row is a later one.
        """
        try:
            row = rows.select_for_update(of=("self",)).get(pk=pk)
        except (ObjectDoesNotExist, ValueError, TypeError) as error:
            raise Http404("没有这条记录，或不在您的权限范围内。") from error
        if version is not None and isinstance(row, Record) and row.version != version:
            raise _conflict(row, row.version)
        self._hold(row, snapshot(row))
        return row

    def find_all(self, rows: models.QuerySet[Row]) -> list[Row]:
        """All these rows, locked and remembered; in the order of their keys, so that two who lock
        the same ones wait for each other and never both.
        """
        found = list(rows.order_by("pk").select_for_update(of=("self",)))
        for row in found:
            self._hold(row, snapshot(row))
        return found

    def remember(self, row: models.Model) -> None:
        """Keep how a row is before it is changed; `find` and `find_all` do so by themselves.

        A row that came another way is not locked: its version must be the latest when it is stored.
        """
        self._before[_key(row)] = snapshot(row)

    # Writing

    def create(self, row: Row) -> Row:
        """Check and store a new row. Raises ValidationError."""
        row.full_clean()
        _store(row, force_insert=True)
        self._created(row)
        return row

    def update(self, row: Row) -> bool:
        """Check and store a changed row; False, with nothing written, when nothing differs.

        Raises ValidationError, or Conflict when the row was read without a lock and is outdated.
        """
        was = self._known(row)
        if not difference(was, snapshot(row))[1]:
            return False
        row.full_clean()
        # Only now: the check may have put a text into its proper form.
        before, after = difference(was, snapshot(row))
        self._check_latest([row])
        if isinstance(row, Record):
            row.version += 1
        _store(row, force_update=True)
        self._told("update", row, before, after)
        self._hold(row, snapshot(row))
        return True

    def delete(self, row: models.Model) -> None:
        """Remove a row that nothing stands on. Raises Refusal when something does."""
        before, pk, label = snapshot(row), row.pk, str(row)
        try:
            _, removed = row.delete()
        except (ProtectedError, RestrictedError) as error:
            raise Refusal(_still_used(label, error)) from error
        if sum(removed.values()) > 1:
            raise RuntimeError(f"deleting a row would delete others untold: {removed}")
        row.pk = pk
        self._told("delete", row, before, {}, label=label)

    def delete_many(self, rows: Sequence[Row]) -> None:
        """Remove many rows of one table that nothing stands on. Raises Refusal when something does.

        Rows of the table that stand on one another are removed in several calls.
        """
        for start in range(0, len(rows), BATCH):
            batch = {row.pk: row for row in rows[start : start + BATCH]}
            told = [(row, snapshot(row), str(row)) for row in batch.values()]
            table = type(rows[0])._base_manager
            try:
                _, removed = table.filter(pk__in=list(batch)).delete()
            except (ProtectedError, RestrictedError) as error:
                name = f"{told[0][2]}等 {len(told)} 条"
                raise Refusal(_still_used(name, error)) from error
            if sum(removed.values()) != len(batch):
                raise RuntimeError(f"deleting {len(batch)} rows deleted others: {removed}")
            for row, before, label in told:
                self._told("delete", row, before, {}, label=label)

    def create_many(self, rows: Sequence[Row]) -> None:
        """Store many new rows that are checked already, each with its own entry."""
        if not rows:
            return
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
        for row in rows:
            self._created(row)

    def load(
        self,
        model: type[models.Model],
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
    ) -> range:
        """Store very many checked rows of one table, all told by one entry; returns their keys.

        For the site's own commands that fill a table, and for nobody who logs in: raises
        NotPermitted for anybody but the command. loading.py says what the entry holds.
        """
        if self.actor.roles != (Role.COMMAND,):
            raise NotPermitted(self.action)
        if not rows:
            return range(0)
        loaded = load_rows(model, columns, rows, self.at)
        self._entries.append(
            self._entry(
                "load",
                object_type=model._meta.label_lower,
                object_label=f"{model._meta.verbose_name} {loaded.rows} 条",
                after=asdict(loaded),
            )
        )
        return range(loaded.first, loaded.last + 1)

    def update_many(self, rows: Sequence[Row], fields: Iterable[str]) -> None:
        """Store many changed and checked rows; each must have been remembered before its change.

        Raises Conflict when one was read without a lock and is outdated.
        """
        stored = list(fields)
        changed = []
        for row in rows:
            before, after = difference(self._known(row), snapshot(row))
            if after:
                _check_stored(row, after, stored)
                changed.append(row)
                self._told("update", row, before, after)
        if not changed:
            return
        self._check_latest(changed)
        if isinstance(changed[0], Record):
            stored = [*stored, "version", "changed_at"]
        for row in changed:
            if isinstance(row, Record):
                row.version += 1
                row.changed_at = self.at
            self._hold(row, snapshot(row))
        type(changed[0])._default_manager.bulk_update(changed, stored, batch_size=BATCH)

    def tell(
        self, verb: str, row: models.Model | None = None, label: str = "", **after: object
    ) -> None:
        """Write down an event that changes no row of its own: a reveal, an export, a log-in."""
        self._told(verb, row, {}, dict(after), label=label)

    def leads_to(self, location: str) -> None:
        """Where the answer is to be seen; a repeated submission is led there too."""
        self.location = location

    def on_commit(self, notify: Callable[[], None]) -> None:
        """Do something once all is stored; nothing when it was not."""
        transaction.on_commit(notify)

    def on_rollback(self, undo: Callable[[], None]) -> None:
        """Undo something that is no row, a file say, should nothing of this be stored."""
        self._undoings.append(undo)

    def undo(self) -> None:
        """Do what `on_rollback` was told; called once, after the transaction came to nothing."""
        for undo in reversed(self._undoings):
            undo()

    def seal(self) -> None:
        """Append all that was told to the chain; called once, last before the commit."""
        if self._entries:
            append(self._entries)

    def _created(self, row: models.Model) -> None:
        now = snapshot(row)
        self._told("create", row, {}, now)
        self._hold(row, now)

    def _hold(self, row: models.Model, now: Snapshot) -> None:
        self._before[_key(row)] = now
        self._locked.add(_key(row))

    def _known(self, row: models.Model) -> Snapshot:
        try:
            return self._before[_key(row)]
        except KeyError:
            raise RuntimeError(
                f"{row._meta.label} {row.pk} was not found or remembered before its change"
            ) from None

    def _check_latest(self, rows: Sequence[models.Model]) -> None:
        """Lock those rows that are not; each must still be of the version that was read."""
        read = {
            row.pk: row for row in rows if isinstance(row, Record) and _key(row) not in self._locked
        }
        keys = sorted(read)
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            latest = dict(
                type(read[batch[0]])
                ._base_manager.select_for_update()
                .filter(pk__in=batch)
                .order_by("pk")
                .values_list("pk", "version")
            )
            for pk in batch:
                if latest.get(pk) != read[pk].version:
                    raise _conflict(read[pk], latest.get(pk, 0))

    def _told(
        self,
        verb: str,
        row: models.Model | None,
        before: Snapshot,
        after: Snapshot,
        label: str = "",
    ) -> None:
        self._entries.append(
            self._entry(
                verb,
                object_type=row._meta.label_lower if row is not None else "",
                object_id=str(row.pk) if row is not None else "",
                object_label=label or (str(row) if row is not None else ""),
                before=before,
                after=after,
            )
        )

    def _entry(self, verb: str, **about: object) -> AuditEntry:
        """An entry of this action, by this actor; `about` is what it tells."""
        return AuditEntry(
            at=self.at,
            county_id=self.actor.county_id,
            actor_id=self.actor.account_id,
            actor_name=self.actor.name,
            actor_roles=self.actor.role_labels,
            origin=self.actor.origin,
            request_id=self.request_id,
            action=self.action,
            verb=verb,
            reason=self._reason,
            **about,
        )


def _key(row: models.Model) -> _Key:
    return row._meta.concrete_model or type(row), row.pk


def _store(row: models.Model, *, force_insert: bool = False, force_update: bool = False) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=force_insert, force_update=force_update)
    except IntegrityError:
        # Somebody took the code or the name between our check and our write; now the check sees it.
        row.full_clean()
        raise


def _check_stored(row: models.Model, after: Snapshot, stored: Iterable[str]) -> None:
    """What is told must be stored: a changed column that is not named would only be told."""
    columns = {row._meta.get_field(name).attname for name in stored}  # type: ignore[union-attr]
    if missed := sorted(after.keys() - columns):
        raise RuntimeError(
            f"{row._meta.label} changed in {missed}, which update_many was not given"
        )


def _conflict(row: Record, version: int) -> Conflict:
    last = (
        AuditEntry.objects.filter(
            object_type=row._meta.label_lower,
            object_id=str(row.pk),
            # Who looked at a row or exported it did not change it.
            verb__in=["create", "update", "delete"],
        )
        .order_by("-seq")
        .first()
    )
    who, when = (last.actor_name, last.at) if last is not None else ("别人", None)
    return Conflict(str(row), version=version, who=who, when=when)


def _still_used(label: str, error: ProtectedError | RestrictedError) -> str:
    rows = (
        error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    )
    kinds = sorted({str(row._meta.verbose_name) for row in rows})
    return f"“{label}”还被{'、'.join(kinds)}使用，不能删除；请先处理这些记录。"
