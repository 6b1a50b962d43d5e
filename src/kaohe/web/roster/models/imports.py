"""A workbook on its way into the roster: uploaded, checked, confirmed, perhaps undone."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.models.places import County


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
    file = models.FileField("文件", upload_to="imports/%Y")
    sha256 = models.CharField("校验值", max_length=64)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.CHECKING)
    job_id = models.UUIDField(null=True)
    # What was found: problems at cells, and per sheet how many rows are new, changed, unchanged.
    problems = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    # Row by row what will be, or was, done, with the values before: what undo goes by.
    changes = models.JSONField(default=list)

    # Thousands of rows, which the log tells one by one.
    told_by_digest = ("problems", "summary", "changes")

    class Meta:
        verbose_name = "导入"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.filename
