"""The one door for writes: permit, one transaction, versions, audit, a submission counted once.

    with writing(actor, "village.change", submission=submission) as change:
        village = change.find(villages_in(change.reach), village_id, version=seen)
        village.name = name
        change.update(village)
        change.leads_to(reverse(...))

An action is a function around such a block. Whatever is written inside is told to the audit log by
`create`, `update`, `delete` and `tell`, and all of it is stored together or not at all.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.http import Http404
from django.utils import timezone

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.common.audit.record import append
from kaohe.web.common.audit.snapshot import Snapshot, difference, snapshot
from kaohe.web.common.errors import AlreadyDone, Conflict, SubmissionReused
from kaohe.web.common.models import AuditEntry, Record, Submission

Row = TypeVar("Row", bound=models.Model)
BATCH = 500


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: the id it was given when shown, and a digest of its content."""

    id: uuid.UUID
    content: str


class Change:
    """What one action does, while its transaction is open."""

    def __init__(self, actor: Actor, action: str, reason: str) -> None:
        self.actor = actor
        self.action = action
        self.reach: Reach = actor.reach(action)
        self.request_id = uuid.uuid4()
        self.at = timezone.now()
        self._reason = reason
        self._entries: list[AuditEntry] = []
        self._before: dict[tuple[type[models.Model], object], Snapshot] = {}
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
            raise _conflict(row)
        self.remember(row)
        return row

    def remember(self, row: models.Model) -> None:
        """Keep how a row is before it is changed; `find` does so by itself."""
        self._before[type(row), row.pk] = snapshot(row)

    # Writing

    def create(self, row: Row) -> Row:
        """Check and store a new row."""
        row.full_clean()
        row.save(force_insert=True)
        self._told("create", row, {}, snapshot(row))
        return row

    def update(self, row: Row) -> bool:
        """Check and store a changed row; False, with nothing written, when nothing differs."""
        before, after = difference(self._before[type(row), row.pk], snapshot(row))
        if not after:
            return False
        row.full_clean()
        if isinstance(row, Record):
            row.version += 1
        row.save(force_update=True)
        self._told("update", row, before, after)
        self.remember(row)
        return True

    def delete(self, row: models.Model) -> None:
        """Remove a row that nothing stands on."""
        before, pk = snapshot(row), row.pk
        label = str(row)
        row.delete()
        row.pk = pk
        self._told("delete", row, before, {}, label=label)

    def create_many(self, rows: Sequence[Row]) -> None:
        """Store many new rows that are checked already, each with its own entry."""
        if not rows:
            return
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
        for row in rows:
            self._told("create", row, {}, snapshot(row))

    def update_many(self, rows: Sequence[Row], fields: Iterable[str]) -> None:
        """Store many changed and checked rows; each must have been remembered before its change."""
        changed = []
        for row in rows:
            before, after = difference(self._before[type(row), row.pk], snapshot(row))
            if after:
                if isinstance(row, Record):
                    row.version += 1
                    row.changed_at = self.at
                changed.append(row)
                self._told("update", row, before, after)
                self.remember(row)
        if changed:
            names = [
                *fields,
                *(["version", "changed_at"] if isinstance(changed[0], Record) else []),
            ]
            type(changed[0])._default_manager.bulk_update(changed, names, batch_size=BATCH)

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

    def _told(
        self,
        verb: str,
        row: models.Model | None,
        before: Snapshot,
        after: Snapshot,
        label: str = "",
    ) -> None:
        self._entries.append(
            AuditEntry(
                at=self.at,
                county_id=self.actor.county_id,
                actor_id=self.actor.account_id,
                actor_name=self.actor.name,
                actor_roles=self.actor.role_labels,
                origin=self.actor.origin,
                request_id=self.request_id,
                action=self.action,
                verb=verb,
                object_type=row._meta.label_lower if row is not None else "",
                object_id=str(row.pk) if row is not None else "",
                object_label=(label or (str(row) if row is not None else ""))[:200],
                before=before,
                after=after,
                reason=self._reason,
            )
        )

    def seal(self) -> None:
        if self._entries:
            append(self._entries)


@contextmanager
def writing(
    actor: Actor, action: str, *, sent: Sent | None = None, reason: str = ""
) -> Iterator[Change]:
    """Open an action. Raises NotPermitted, AlreadyDone or SubmissionReused before anything is done."""
    change = Change(actor, action, reason)
    with transaction.atomic(durable=True):
        if sent is not None:
            _claim(sent, actor)
        yield change
        change.seal()
        if sent is not None:
            Submission.objects.filter(id=sent.id).update(location=change.location)


def _conflict(row: Record) -> Conflict:
    last = (
        AuditEntry.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk))
        .order_by("-seq")
        .first()
    )
    who, when = (last.actor_name, last.at) if last is not None else ("别人", None)
    return Conflict(str(row), version=row.version, who=who, when=when)


def _claim(sent: Sent, actor: Actor) -> None:
    """Store the submission's id; a second one waits here for the first, and then finds it done."""
    try:
        with transaction.atomic():
            Submission.objects.create(
                id=sent.id, account_id=actor.account_id, content=sent.content, location=""
            )
    except IntegrityError:
        raise_if_known(sent, actor)
        raise


def raise_if_known(sent: Sent, actor: Actor) -> None:
    """Raises AlreadyDone for a submission done before, SubmissionReused for its id on other content."""
    known = Submission.objects.filter(id=sent.id).first()
    if known is None:
        return
    if known.account_id != actor.account_id or known.content != sent.content:
        raise SubmissionReused
    raise AlreadyDone(known.location)
