"""A workbook on its way into the roster: uploaded, checked, confirmed, perhaps undone."""

from __future__ import annotations

import uuid

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.models.places import County


def random_name(batch: models.Model, filename: str) -> str:
    """Nobody guesses it, and nothing of a name that somebody chose reaches the disk."""
    return f"imports/{uuid.uuid4().hex}"


class ImportBatch(Record):
    """One uploaded workbook with what was found in it."""

    class State(models.TextChoices):
        CHECKING = "checking", "检查中"
        FAULTY = "faulty", "有问题"
        READY = "ready", "待确认"
        CONFIRMING = "confirming", "导入中"
        CONFIRMED = "confirmed", "已导入"
        UNDONE = "undone", "已撤销"
        FAILED = "failed", "未完成"

    county = models.ForeignKey(County, models.PROTECT, related_name="imports")
    account_id = models.BigIntegerField("上传人")
    account_name = models.CharField("上传人", max_length=100)
    filename = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", upload_to=random_name)
    sha256 = models.CharField("校验值", max_length=64)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.CHECKING)
    job_id = models.UUIDField(null=True, blank=True)
    # What was found: problems at cells, and per sheet how many rows are new, changed, unchanged.
    problems = models.JSONField(default=list, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    # Row by row what will be, or was, done, with the values before: what undo goes by.
    changes = models.JSONField(default=list, blank=True)

    # Thousands of rows, which the log tells one by one.
    told_by_digest = ("problems", "summary", "changes")

    class Meta:
        verbose_name = "导入"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.filename

    @property
    def new_rows(self) -> int | None:
        """How many rows of the file are new; None before it was read."""
        return self._sum("new")

    @property
    def changed_rows(self) -> int | None:
        """How many change what is registered."""
        return self._sum("changed")

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new_rows or self.changed_rows)

    def _sum(self, name: str) -> int | None:
        sheets = self.summary.get("sheets")
        return sum(sheet[name] for sheet in sheets) if sheets else None
