"""The county, its townships and departments, and its villages."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.pinyin import initials

CODE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9_-]{0,29}\Z", "编号只用字母、数字、横线，不超过 30 位。"
)


class Named(Record):
    """A row with a name, found by the name or by its pinyin initials."""

    name = models.CharField("名称", max_length=60)
    initials = models.CharField("拼音首字母", max_length=100, editable=False, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: Any = None) -> None:
        self.name = " ".join(self.name.split())
        self.initials = initials(self.name)
        super().clean_fields(exclude)


class County(Named):
    """A county with its own roster, accounts and years; counties of one site never meet."""

    code = models.CharField("编号", max_length=30, unique=True, validators=[CODE])
    province = models.CharField("省份", max_length=30, blank=True)
    # A ring of [longitude, latitude], for maps.
    outline = models.JSONField("轮廓", default=list, blank=True)

    class Meta:
        verbose_name = "县"


class Unit(Named):
    """A township or a department of the county (regulation 一)."""

    class Kind(models.TextChoices):
        TOWNSHIP = "township", "乡镇"
        DEPARTMENT = "department", "部门"

    county = models.ForeignKey(County, models.PROTECT, related_name="units", verbose_name="县")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    code = models.CharField("编号", max_length=30, validators=[CODE])
    outline = models.JSONField("轮廓", default=list, blank=True)
    ended = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "单位"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["county", "code"],
                name="unit_code",
                violation_error_message="这个编号已有别的单位使用。",
            ),
            models.UniqueConstraint(
                fields=["county", "name"],
                name="unit_name",
                violation_error_message="已有同名的单位。",
            ),
        )

    @property
    def is_township(self) -> bool:
        return self.kind == self.Kind.TOWNSHIP


class Village(Named):
    """A village; the poor ones have a first secretary, a team and a technician."""

    county = models.ForeignKey(County, models.PROTECT, related_name="villages", verbose_name="县")
    township = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="villages",
        verbose_name="乡镇",
        limit_choices_to={"kind": Unit.Kind.TOWNSHIP},
    )
    code = models.CharField("编号", max_length=30, validators=[CODE])
    poor = models.BooleanField("贫困村", default=False)
    exit_year = models.PositiveSmallIntegerField(
        "退出年度",
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
    )
    longitude = models.DecimalField(
        "经度",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    latitude = models.DecimalField(
        "纬度",
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )

    class Meta:
        verbose_name = "村"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["county", "code"],
                name="village_code",
                violation_error_message="这个编号已有别的村使用。",
            ),
            models.UniqueConstraint(
                fields=["township", "name"],
                name="village_name",
                violation_error_message="这个乡镇已有同名的村。",
            ),
            models.CheckConstraint(
                condition=models.Q(exit_year__isnull=True) | models.Q(poor=True),
                name="village_exit_of_poor",
                violation_error_message="只有贫困村才有退出年度。",
            ),
        )
