"""Projects and their funds, the integration of departments' funds, and villages' exit."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.roster.models import County, Unit, Village, WorkYear

_NOT_BELOW_ZERO = [MinValueValidator(Decimal(0))]


class Project(Record):
    """A project to a village or to households (二(一)2): plan, progress, funds, acceptance, upkeep.

    Amounts in 万元. Progress in percent.
    """

    class Reach(models.TextChoices):
        VILLAGE = "village", "到村项目"
        HOUSEHOLD = "household", "到户项目"

    county = models.ForeignKey(County, models.PROTECT, related_name="projects")
    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="projects")
    village = models.ForeignKey(Village, models.PROTECT, related_name="projects", verbose_name="村")
    department = models.ForeignKey(
        Unit, models.PROTECT, related_name="projects", verbose_name="责任部门"
    )
    code = models.CharField("编号", max_length=30)
    name = models.CharField("名称", max_length=100)
    reaches = models.CharField("类别", max_length=10, choices=Reach.choices)
    starts = models.DateField("计划开工")
    ends = models.DateField("计划完工")
    planned = models.DecimalField(
        "计划资金", max_digits=12, decimal_places=2, validators=_NOT_BELOW_ZERO
    )
    arrived = models.DecimalField(
        "到位资金", max_digits=12, decimal_places=2, default=Decimal(0), validators=_NOT_BELOW_ZERO
    )
    paid = models.DecimalField(
        "已支付", max_digits=12, decimal_places=2, default=Decimal(0), validators=_NOT_BELOW_ZERO
    )
    progress = models.PositiveSmallIntegerField(
        "进度", default=0, validators=[MaxValueValidator(100)]
    )
    inspected_on = models.DateField("检查日期", null=True, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    upkeep = models.CharField("管护责任人和办法", max_length=200, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name="佐证")

    class Meta:
        verbose_name = "项目"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["year", "code"],
                name="project_code",
                violation_error_message="这个编号已有别的项目使用。",
            ),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="project_dates",
                violation_error_message="计划完工不能早于计划开工。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class FundIntegration(Record):
    """A department's agricultural funds of a kind in a year, in 万元 (二(二)2(1))."""

    class Kind(models.TextChoices):
        CONSTRUCTION = "construction", "建设性资金"
        OTHER = "other", "非建设性资金"

    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="funds")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="funds", verbose_name="部门")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    total = models.DecimalField(
        "应整合范围内总额", max_digits=12, decimal_places=2, validators=_NOT_BELOW_ZERO
    )
    integrated = models.DecimalField(
        "已整合", max_digits=12, decimal_places=2, validators=_NOT_BELOW_ZERO
    )
    confirmed_by = models.CharField("确认人", max_length=100, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "资金整合"
        constraints = (
            models.UniqueConstraint(fields=["year", "unit", "kind"], name="fund_integration"),
            models.CheckConstraint(
                condition=models.Q(integrated__lte=models.F("total")),
                name="integrated_of_total",
                violation_error_message="已整合的不能多于总额。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"


class VillageExit(Record):
    """What a poor village is judged by when it leaves the list (二(一)3)."""

    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="exits")
    village = models.ForeignKey(Village, models.PROTECT, related_name="exits", verbose_name="村")
    road = models.BooleanField("通村硬化路", default=False)
    water = models.BooleanField("安全饮用水", default=False)
    power = models.BooleanField("生活用电", default=False)
    clinic = models.BooleanField("卫生室", default=False)
    culture_room = models.BooleanField("文化室", default=False)
    broadband = models.BooleanField("宽带网", default=False)
    incidence = models.DecimalField(
        "贫困发生率（%）", max_digits=5, decimal_places=2, validators=_NOT_BELOW_ZERO
    )
    satisfaction = models.DecimalField(
        "贫困户认可度（%）", max_digits=5, decimal_places=2, validators=_NOT_BELOW_ZERO
    )
    collective_income = models.DecimalField(
        "集体经济收入（万元）", max_digits=10, decimal_places=2, validators=_NOT_BELOW_ZERO
    )
    dropouts = models.PositiveIntegerField("因贫辍学人数", default=0)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name="佐证")
    confirmed_by = models.CharField("确认人", max_length=100, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "贫困村退出"
        constraints = (models.UniqueConstraint(fields=["year", "village"], name="village_exit"),)

    def __str__(self) -> str:
        return f"{self.village}（{self.year}）"
