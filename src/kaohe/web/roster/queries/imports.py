"""Imports as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.common.fields import decrypt_bytes
from kaohe.web.common.models import Job
from kaohe.web.roster.models import County, ImportBatch
from kaohe.web.roster.queries.reach import imports_in


def imports_listed(reach: Reach) -> QuerySet[ImportBatch]:
    """The county's imports, the latest first, without the many rows that each holds."""
    return imports_in(reach).defer("problems", "changes").order_by("-created_at")


def county_of(reach: Reach) -> County:
    """The county itself."""
    return County.objects.get(pk=reach.county_id)


def job_of_import(batch: ImportBatch) -> Job | None:
    """The job that works or worked last on an import."""
    return Job.objects.filter(pk=batch.job_id).first() if batch.job_id is not None else None


def content_of(batch: ImportBatch) -> bytes:
    """The uploaded workbook."""
    with batch.file.open("rb") as file:
        return decrypt_bytes(file.read())


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """An earlier import of the very same file that was carried out."""
    return (
        ImportBatch.objects.filter(
            county_id=batch.county_id, sha256=batch.sha256, state=ImportBatch.State.CONFIRMED
        )
        .exclude(pk=batch.pk)
        .defer("problems", "changes")
        .first()
    )


def rows_of(batch: ImportBatch, *, sheet: str, new: bool | None) -> Sequence[dict[str, Any]]:
    """What the import does, row by row; of one sheet, and only new or only changed rows."""
    return [
        row
        for row in batch.changes
        if (not sheet or row["sheet"] == sheet) and (new is None or row["new"] == new)
    ]
