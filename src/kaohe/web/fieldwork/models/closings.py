"""A month's closing: from then on its records change only after a reopening with a reason."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.models import WorkYear


class MonthClosing(Record):
    """A closed month with the facts that were derived then."""

    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="closings")
    month = models.DateField("月份")  # its first day
    closed_by = models.CharField("结账人", max_length=100)
    closed_at = models.DateTimeField("结账时间")
    reopened_reason = models.CharField("重开理由", max_length=300, blank=True)
    reopened_at = models.DateTimeField("重开时间", null=True, blank=True)
    # Facts as they stood: [{subject, fact, value, rows: [[table, id], …]}, …]
    facts = models.JSONField(default=list)

    class Meta:
        verbose_name = "月度结账"
        ordering = ("-month", "-closed_at")

    def __str__(self) -> str:
        return f"{self.month:%Y年%m月}"

    @property
    def closed(self) -> bool:
        return self.reopened_at is None
