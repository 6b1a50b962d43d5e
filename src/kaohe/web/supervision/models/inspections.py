"""A month's plan of inspections, and each visit."""

from __future__ import annotations

from django.db import models
from django.utils.formats import date_format

from kaohe.scheme.model import Inspection as Sort
from kaohe.web.common.models import Record
from kaohe.web.roster.models import County, Person, Posting, Unit, Village, WorkYear


class InspectionPlan(Record):
    """One of `scheme.inspections` in a month, as one of its leading bodies carries it out."""

    class State(models.TextChoices):
        PLANNED = "planned", "进行中"
        DONE = "done", "已完成"

    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="inspection_plans")
    month = models.DateField("月份")  # its first day
    code = models.CharField("督查种类", max_length=60)  # a code of scheme.inspections
    name = models.CharField("督查名称", max_length=60)
    body = models.CharField("牵头", max_length=60)  # as the regulation calls it
    # The unit of that name; empty where the roster has none: the body's role leads all the same.
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头单位"
    )
    joined = models.ManyToManyField(
        Unit, through="Joined", blank=True, related_name="+", verbose_name="参加单位"
    )
    # Whom it is about to visit is told to nobody beside those who go.
    unannounced = models.BooleanField("暗访", default=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)

    class Meta:
        verbose_name = "督查安排"
        ordering = ("-month", "code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["year", "month", "code", "body", "lead"],
                name="inspection_plan",
                violation_error_message="这个月的这项督查已经安排。",
            ),
            models.UniqueConstraint(
                fields=["year", "month", "code", "body"],
                condition=models.Q(lead__isnull=True),
                name="inspection_plan_of_a_body",
                violation_error_message="这个月的这项督查已经安排。",
            ),
        )

    def __str__(self) -> str:
        return f"{date_format(self.month, 'YEAR_MONTH_FORMAT')}{self.name}（{self.led_by}）"

    @property
    def led_by(self) -> str:
        return str(self.lead) if self.lead is not None else self.body

    @property
    def sort(self) -> Sort:
        """What the year's scheme says of this kind of inspection."""
        return next(one for one in self.year.scheme.inspections if one.code == self.code)


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
    """A visit: whom, where, when, by whom, and what the checklist says.

    Of a unit or of a posting; a unit that was drawn is visited in one village.
    """

    class State(models.TextChoices):
        OPEN = "open", "待检查"
        DONE = "done", "已检查"

    class Mark(models.TextChoices):
        OK = "ok", "符合"
        FAULT = "fault", "有问题"
        NOT_SEEN = "not_seen", "未查"

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
    draw = models.ForeignKey(
        "Draw", models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    day = models.DateField("检查日期", null=True, blank=True)
    inspectors = models.CharField("检查人员", max_length=200, blank=True)
    # Indicator code → a Mark; the checklist is made from the scheme.
    checklist = models.JSONField("检查表", default=dict, blank=True)
    remarks = models.TextField("检查情况", max_length=4000, blank=True)

    class Meta:
        verbose_name = "督查"
        ordering = ("-plan__month", "village__code", "pk")
        indexes = (models.Index(fields=["county", "state", "day"], name="inspection_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, posting__isnull=True)
                | models.Q(unit__isnull=True, posting__isnull=False),
                name="inspection_of_unit_or_posting",
            ),
            models.UniqueConstraint(
                fields=["plan", "posting"],
                name="posting_inspected_once",
                violation_error_message="这个对象已在这次督查里。",
            ),
            models.UniqueConstraint(
                fields=["plan", "unit", "village"],
                name="unit_inspected_once_a_village",
                violation_error_message="这个单位在这个村已在这次督查里。",
            ),
            models.UniqueConstraint(
                fields=["plan", "unit"],
                condition=models.Q(village__isnull=True),
                name="unit_inspected_once",
                violation_error_message="这个单位已在这次督查里。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {date_format(self.plan.month, 'YEAR_MONTH_FORMAT')}督查"

    @property
    def subject(self) -> str:
        """Who is inspected."""
        return str(self.unit if self.posting is None else self.posting.subject)

    @property
    def kind(self) -> str:
        """The subject's kind, as the scheme calls it."""
        one = self.unit if self.posting is None else self.posting
        assert one is not None, "a constraint holds that one of them is there"
        return str(one.get_kind_display())


class OnSpot(models.Model):
    """Whether somebody who serves there was there when the inspectors came."""

    class State(models.TextChoices):
        HERE = "here", "在岗"
        LEAVE = "leave", "请假"
        AWAY = "away", "不在岗"

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="on_spot")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField("到岗情况", max_length=10, choices=State.choices)

    class Meta:
        verbose_name = "到岗情况"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["inspection", "person"], name="seen_once_a_visit"),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.get_state_display()}"
