"""Projects to villages and to households: what is planned, reported, inspected and accepted."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models.decided import Decided
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.roster.models import County, Unit, Village, WorkYear

NOT_BELOW_ZERO = [MinValueValidator(Decimal(0))]


class Project(Record):
    """A project to a village or to households (二(一)2), as it is planned; amounts in 万元.

    How far it is, and what arrived and was paid, its latest report says.
    """

    class Reach(models.TextChoices):
        VILLAGE = "village", "到村项目"
        HOUSEHOLD = "household", "到户项目"

    county = models.ForeignKey(County, models.PROTECT, related_name="projects")
    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="projects", verbose_name="年度")
    village = models.ForeignKey(Village, models.PROTECT, related_name="projects", verbose_name="村")
    department = models.ForeignKey(
        Unit, models.PROTECT, related_name="projects", verbose_name="责任部门"
    )
    code = models.CharField("编号", max_length=30)
    name = models.CharField("名称", max_length=100)
    reaches = models.CharField("类别", max_length=10, choices=Reach.choices)
    content = models.TextField("建设内容", max_length=2000, blank=True)
    starts = models.DateField("计划开工")
    ends = models.DateField("计划完工")
    planned = models.DecimalField(
        "计划资金", max_digits=12, decimal_places=2, validators=NOT_BELOW_ZERO
    )
    upkeep_by = models.CharField("管护责任人", max_length=60, blank=True)
    upkeep = models.TextField("管护办法", max_length=1000, blank=True)
    evidence = models.ManyToManyField(
        Evidence, through="ProjectEvidence", blank=True, related_name="+", verbose_name="计划文件"
    )

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


class ProjectEvidence(Record):
    """A file of a project's plan; a project with files can't be deleted unseen."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "项目计划文件"
        constraints = (
            models.UniqueConstraint(fields=["project", "evidence"], name="project_evidence_once"),
        )

    def __str__(self) -> str:
        return f"{self.project} {self.evidence}"


class ProgressReport(Decided):
    """How far a project was on a day, and how much had arrived and was paid until then, in 万元.

    Reports are added, never changed: what was wrong is sent back, or put right by the next one.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="reports", verbose_name="项目"
    )
    day = models.DateField("截至日期")
    percent = models.PositiveSmallIntegerField("进度（%）", validators=[MaxValueValidator(100)])
    arrived = models.DecimalField(
        "累计到位", max_digits=12, decimal_places=2, validators=NOT_BELOW_ZERO
    )
    paid = models.DecimalField(
        "累计支付", max_digits=12, decimal_places=2, validators=NOT_BELOW_ZERO
    )
    text = models.TextField("进展情况", max_length=2000)
    # Why a number is lower than before, or higher than one expects.
    reason = models.CharField("说明", max_length=300, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name="佐证")

    class Meta:
        verbose_name = "项目进度"
        ordering = ("-day", "-pk")
        # The latest of each project is looked for on every line of a list.
        indexes = (models.Index(fields=["project", "day", "id"], name="progress_by_day"),)

    def __str__(self) -> str:
        return f"{self.project} {self.day} 进度"


class ProjectCheck(Record):
    """A project looked at on the spot, or accepted, by somebody who did not report about it."""

    class Kind(models.TextChoices):
        INSPECTION = "inspection", "检查"
        ACCEPTANCE = "acceptance", "验收"

    project = models.ForeignKey(Project, models.PROTECT, related_name="checks", verbose_name="项目")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    day = models.DateField("日期")
    passed = models.BooleanField("合格")
    text = models.TextField("情况和意见", max_length=2000)
    done_by_id = models.BigIntegerField("登记账号", null=True, editable=False)
    done_by = models.CharField("登记人", max_length=100)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name="佐证")

    class Meta:
        verbose_name = "项目检查验收"
        ordering = ("-day", "-pk")
        indexes = (models.Index(fields=["project", "kind", "day"], name="check_by_day"),)

    def __str__(self) -> str:
        return f"{self.project} {self.day} {self.get_kind_display()}"
