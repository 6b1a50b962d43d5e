"""A month's plan of inspections, and each visit."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.models import County, Posting, Unit, Village, WorkYear


class InspectionPlan(Record):
    """One of `scheme.inspections` in a month: who leads it, which villages were drawn, how.

    An unannounced draw is made from a published seed, so that anybody can draw again and see that
    nobody chose.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "已安排"
        DONE = "done", "已完成"

    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="inspection_plans")
    month = models.DateField("月份")  # its first day
    code = models.CharField("督查种类", max_length=60)  # a code of scheme.inspections
    # A unit for each body that leads; empty where each township or sender does.
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头单位"
    )
    joined = models.ManyToManyField(
        Unit, through="Joined", blank=True, related_name="+", verbose_name="参加单位"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    seed = models.CharField("抽签种子", max_length=64, blank=True)
    # What was drawn from, as village codes in order, so that the draw can be repeated.
    pool = models.JSONField("抽签范围", default=list, blank=True)

    class Meta:
        verbose_name = "督查安排"
        ordering = ("-month", "code")
        constraints = (
            models.UniqueConstraint(
                fields=["year", "month", "code", "lead"],
                name="inspection_plan",
                violation_error_message="这个月的这项督查已经安排。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y年%m月} {self.code}"


class Joined(models.Model):
    """A unit that joins the leading one; it can't be deleted unseen."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "参加单位"
        constraints = (models.UniqueConstraint(fields=["plan", "unit"], name="joined_once"),)

    def __str__(self) -> str:
        return str(self.unit)


class Inspection(Record):
    """A visit: whom, where, when, by whom, and what the checklist says."""

    class State(models.TextChoices):
        OPEN = "open", "待检查"
        DONE = "done", "已检查"

    county = models.ForeignKey(County, models.PROTECT, related_name="inspections")
    plan = models.ForeignKey(InspectionPlan, models.PROTECT, related_name="inspections")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="inspections", verbose_name="单位"
    )
    posting = models.ForeignKey(
        Posting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="派驻",
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="村",
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    day = models.DateField("检查日期", null=True, blank=True)
    inspectors = models.CharField("检查人员", max_length=200, blank=True)
    # Indicator code → "ok", "fault" or "not_seen"; the checklist is made from the scheme.
    checklist = models.JSONField("检查表", default=dict, blank=True)
    remarks = models.TextField("检查情况", max_length=4000, blank=True)

    class Meta:
        verbose_name = "督查"
        ordering = ("-plan__month",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, posting__isnull=True)
                | models.Q(unit__isnull=True, posting__isnull=False),
                name="inspection_of_unit_or_posting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} {self.unit or self.posting}"
