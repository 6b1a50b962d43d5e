"""Store files that prove something, inside another action's write."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, Q
from django.utils import timezone

from kaohe.web.common.writing import Change
from kaohe.web.fieldwork.files.checked import CheckedFile, check_all
from kaohe.web.fieldwork.files.names import suffix_of
from kaohe.web.fieldwork.models import Evidence
from kaohe.web.roster.models import Person, Unit, Village

log = logging.getLogger("kaohe.evidence")
FOLDER = "evidence"
# A file that is younger may belong to an action that is still under way.
_UNDER_WAY = timedelta(hours=24)


def store(
    change: Change,
    files: Sequence[UploadedFile | CheckedFile],
    *,
    person: Person | None = None,
    unit: Unit | None = None,
    village: Village | None = None,
) -> list[Evidence]:
    """Store each file with its row; nothing of any stays when the action comes to nothing.

    Who may see them follows from person, unit and village. Files from an EvidenceField are checked
    already; others are checked here. Raises Refusal, naming the file, what is wrong and the remedy.
    """
    written: list[str] = []

    def undo() -> None:
        _remove(written)

    change.on_rollback(undo)
    rows = []
    for file in check_all(files):
        row = Evidence(
            county_id=change.actor.county_id,
            person=person,
            unit=unit,
            village=village,
            added_by=change.actor.name,
            name=file.name,
            kind=file.kind,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            stored_sha256=file.stored_sha256,
            taken_at=file.told.taken_at,
            longitude=file.told.longitude,
            latitude=file.told.latitude,
        )
        row.file.save(*_random(file.content, suffix_of(file.media_type)), save=False)
        written.append(str(row.file.name))
        if file.thumbnail:
            row.thumbnail.save(*_random(ContentFile(file.thumbnail), ".jpg"), save=False)
            written.append(str(row.thumbnail.name))
        rows.append(change.create(row))
    return rows


def attach(change: Change, links: type[Model], row: Model, stored: Iterable[Evidence]) -> None:
    """Link stored files with a row; links: the model between, with a key to it and `evidence`."""
    to_row = next(field.name for field in links._meta.fields if field.related_model is type(row))
    change.create_many([links(**{to_row: row, "evidence": file}) for file in stored])


def remove_orphans() -> int:
    """Remove files that no row knows, as a crash leaves them; how many. Run it daily."""
    before = timezone.now() - _UNDER_WAY
    removed = 0
    for folder in _months():
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        old = [name for name in names if default_storage.get_modified_time(name) < before]
        removed += _remove(old)
    return removed


def _random(content: File, suffix: str) -> tuple[str, File]:
    content.seek(0)
    return f"{uuid.uuid4().hex}{suffix}", content


def _months() -> list[str]:
    """The folders that hold files, a month each."""
    try:
        years = [f"{FOLDER}/{year}" for year in default_storage.listdir(FOLDER)[0]]
    except FileNotFoundError:
        return []
    return [f"{year}/{month}" for year in years for month in default_storage.listdir(year)[0]]


def _remove(names: Sequence[str]) -> int:
    """Remove those files that no row knows: a commit whose answer was lost has stored its rows."""
    removed = 0
    for name in names:
        try:
            if Evidence.objects.filter(Q(file=name) | Q(thumbnail=name)).exists():
                continue
            default_storage.delete(name)
            removed += 1
        except Exception:  # of the storage or the database: the next cleaning tries again
            log.exception("the file %s, which no row knows, could not be removed", name)
    return removed
