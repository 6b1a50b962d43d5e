"""A draw of villages that anybody can make again."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.supervision.models.inspections import InspectionPlan


class Draw(Record):
    """First announced, then drawn. What is announced can't be changed; a further draw is a new row.

    The seed is the announced text and, behind a colon, the digest of the audit entry that the
    announcement made. Nobody knows that digest before the text and the pool are fixed, and nobody
    can choose it after.
    """

    class Each(models.TextChoices):
        COUNTY = "county", "全县一共"
        TOWNSHIP = "township", "每个乡镇"

    plan = models.ForeignKey(InspectionPlan, models.PROTECT, related_name="draws")
    text = models.CharField("公布的种子", max_length=60)
    number = models.PositiveSmallIntegerField("抽几个村")
    each = models.CharField("范围", max_length=10, choices=Each.choices, default=Each.COUNTY)
    fresh_first = models.BooleanField("先抽今年没有查过的村", default=True)
    # In the order of their codes: village code, township code, visits of the year until then.
    pool = models.JSONField("抽签范围", default=list)
    reason = models.CharField("重抽理由", max_length=300, blank=True)
    announced_by = models.CharField("公布人", max_length=100)
    # Once it is drawn: the digest of the announcement's entry, and the villages in their order.
    entry = models.BigIntegerField("审计序号", null=True, blank=True)
    digest = models.CharField("审计校验值", max_length=64, blank=True)
    drawn = models.JSONField("抽中", default=list, blank=True)
    drawn_at = models.DateTimeField("抽签时间", null=True, blank=True)
    drawn_by = models.CharField("抽签人", max_length=100, blank=True)

    class Meta:
        verbose_name = "抽签"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.plan} 抽签"

    @property
    def seed(self) -> str:
        return f"{self.text}:{self.digest}"
