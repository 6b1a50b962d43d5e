"""The integration of departments' agricultural funds."""

from __future__ import annotations

from django.db import models

from kaohe.web.fieldwork.models.decided import Decided
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.fieldwork.models.projects import NOT_BELOW_ZERO
from kaohe.web.roster.models import Unit, WorkYear


class FundIntegration(Decided):
    """A department's agricultural funds of a kind until a day of the year, in 万元 (二(二)2(1))."""

    class Kind(models.TextChoices):
        CONSTRUCTION = "construction", "建设性资金"
        OTHER = "other", "非建设性资金"

    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="funds", verbose_name="年度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="funds", verbose_name="部门")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    day = models.DateField("截至日期")
    total = models.DecimalField(
        "应整合范围内总额", max_digits=12, decimal_places=2, validators=NOT_BELOW_ZERO
    )
    integrated = models.DecimalField(
        "已整合", max_digits=12, decimal_places=2, validators=NOT_BELOW_ZERO
    )
    text = models.TextField("整合情况", max_length=2000, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name="佐证")

    class Meta:
        verbose_name = "资金整合"
        ordering = ("unit__code", "kind", "-day")
        constraints = (
            models.UniqueConstraint(
                fields=["year", "unit", "kind", "day"],
                name="fund_integration",
                violation_error_message="这个部门这类资金这一天已经填报过；请打开那一份修改。",
            ),
            models.CheckConstraint(
                condition=models.Q(integrated__lte=models.F("total")),
                name="integrated_of_total",
                violation_error_message="已整合的不能多于总额；请核对两个数。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"
