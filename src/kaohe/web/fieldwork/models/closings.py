"""A month's closing: from then on its records change only after a reopening with a reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaohe.web.common.models import Record
from kaohe.web.roster.models import Person, Team, Unit, WorkYear


class MonthClosing(Record):
    """One closing of a month. Reopened and closed again, a month has several; all of them stay."""

    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="closings")
    month = models.DateField("月份")  # its first day
    closed_by = models.CharField("结账人", max_length=100)
    closed_at = models.DateTimeField("结账时间")
    # What was still open then and closed over, in the words that the office saw.
    left_open = models.JSONField("结账时尚未办完", default=list, blank=True)
    # How many facts there were, and the hash of all of them.
    number = models.PositiveIntegerField("数据条数", default=0)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    reopened_by = models.CharField("重开人", max_length=100, blank=True)
    reopened_reason = models.CharField("重开理由", max_length=300, blank=True)
    reopened_at = models.DateTimeField("重开时间", null=True, blank=True)

    class Meta:
        verbose_name = "月度结账"
        ordering = ("-month", "-closed_at")
        constraints = (
            models.UniqueConstraint(
                fields=["year", "month"],
                condition=Q(reopened_at__isnull=True),
                name="one_standing_closing",
                violation_error_message="这个月已经结账。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y年%m月}"

    @property
    def closed(self) -> bool:
        return self.reopened_at is None


class ClosedFact(models.Model):
    """A fact as it stood when its month was closed; never changed.

    kind, fact and period are the scheme's words: a kind's name, a fact's code, 2016-03, 2016Q1 or
    a round's code. rows: the keys of the rows behind the value by their table.
    """

    closing = models.ForeignKey(MonthClosing, models.PROTECT, related_name="facts")
    kind = models.CharField("对象类型", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    fact = models.CharField("数据项", max_length=60)
    period = models.CharField("时段", max_length=60)
    value = models.DecimalField("数值", max_digits=15, decimal_places=2)
    rows = models.JSONField("依据", default=dict)

    class Meta:
        verbose_name = "结账数据"
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person__isnull=True, team__isnull=True)
                | Q(unit__isnull=True, person__isnull=False, team__isnull=True)
                | Q(unit__isnull=True, person__isnull=True, team__isnull=False),
                name="closed_fact_of_one_subject",
            ),
        )
        indexes = (models.Index(fields=["closing", "fact"], name="closed_facts"),)

    def __str__(self) -> str:
        return f"{self.fact} {self.period} {self.value}"
