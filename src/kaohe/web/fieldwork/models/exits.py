"""Poor villages that leave the list, and what they are judged by."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models.decided import Decided
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.fieldwork.models.projects import NOT_BELOW_ZERO
from kaohe.web.roster.models import Village, WorkYear

_PERCENT = [*NOT_BELOW_ZERO, MaxValueValidator(100)]


class VillageExit(Decided):
    """How a poor village stands in the year in which it leaves the list (二(一)3)."""

    class Item(models.TextChoices):
        """What is looked at, one by one: the 六有, and four numbers."""

        ROAD = "road", "通村硬化路"
        WATER = "water", "安全饮用水"
        POWER = "power", "生活用电"
        CLINIC = "clinic", "卫生室"
        CULTURE_ROOM = "culture_room", "文化室"
        BROADBAND = "broadband", "宽带网"
        INCIDENCE = "incidence", "贫困发生率"
        SATISFACTION = "satisfaction", "贫困户认可度"
        COLLECTIVE_INCOME = "collective_income", "集体经济收入"
        DROPOUTS = "dropouts", "因贫辍学学生"

    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="exits", verbose_name="年度")
    village = models.ForeignKey(Village, models.PROTECT, related_name="exits", verbose_name="村")
    day = models.DateField("截至日期")
    road = models.BooleanField("有通村硬化路", default=False)
    water = models.BooleanField("有安全饮用水", default=False)
    power = models.BooleanField("有生活用电", default=False)
    clinic = models.BooleanField("有卫生室", default=False)
    culture_room = models.BooleanField("有文化室", default=False)
    broadband = models.BooleanField("有宽带网", default=False)
    incidence = models.DecimalField(
        "贫困发生率（%）", max_digits=5, decimal_places=2, validators=_PERCENT
    )
    satisfaction = models.DecimalField(
        "贫困户认可度（%）", max_digits=5, decimal_places=2, validators=_PERCENT
    )
    collective_income = models.DecimalField(
        "集体经济收入（万元）", max_digits=10, decimal_places=2, validators=NOT_BELOW_ZERO
    )
    dropouts = models.PositiveIntegerField("因贫辍学学生（人）")
    text = models.TextField("情况说明", max_length=2000, blank=True)
    evidence = models.ManyToManyField(
        Evidence, through="ExitEvidence", blank=True, related_name="+", verbose_name="佐证"
    )

    SIX = (
        Item.ROAD,
        Item.WATER,
        Item.POWER,
        Item.CLINIC,
        Item.CULTURE_ROOM,
        Item.BROADBAND,
    )

    class Meta:
        verbose_name = "贫困村退出"
        ordering = ("village__code",)
        constraints = (
            models.UniqueConstraint(
                fields=["year", "village"],
                name="village_exit",
                violation_error_message="这个村今年已经填报过；请打开那一份修改。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.village}（{self.year}）"


class ExitEvidence(Record):
    """A file that proves one of the items; the same file can prove several."""

    exit = models.ForeignKey(VillageExit, models.PROTECT, related_name="proofs")
    item = models.CharField("项目", max_length=20, choices=VillageExit.Item.choices)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, related_name="+", verbose_name="佐证材料"
    )

    class Meta:
        verbose_name = "退出佐证"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["exit", "item", "evidence"], name="exit_evidence_once"),
        )

    def __str__(self) -> str:
        return f"{self.exit} {self.get_item_display()}"
