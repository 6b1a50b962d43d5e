"""Work-years with the regulation that they run on, and what holds for a year only."""

from __future__ import annotations

from functools import lru_cache

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from kaohe.scheme import Scheme, parse_scheme
from kaohe.web.common.models import Record
from kaohe.web.roster.models.places import County, Unit, Village


class WorkYear(Record):
    """A year of assessment. Its scheme is a copy of the text, which nobody changes once it is open.

    The action refuses it with a sentence; frozen.py holds it in the database.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", "筹备中"
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    county = models.ForeignKey(County, models.PROTECT, related_name="years", verbose_name="县")
    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PREPARING)
    scheme_name = models.CharField("考核办法", max_length=100)
    scheme_text = models.TextField("办法全文")
    scheme_sha256 = models.CharField("办法校验值", max_length=64)

    class Meta:
        verbose_name = "工作年度"
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint(
                fields=["county", "year"],
                name="work_year",
                violation_error_message="这个年度已经设立。",
            ),
            models.UniqueConstraint(
                fields=["county"],
                condition=models.Q(state="open"),
                name="one_open_year",
                violation_error_message="已有进行中的工作年度；先结束它，再开启新的。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} 年度"

    @property
    def scheme(self) -> Scheme:
        """The year's own copy of the regulation, parsed once a process."""
        return _parsed(self.scheme_text, self.scheme_name)


@lru_cache(maxsize=8)
def _parsed(text: str, name: str) -> Scheme:
    return parse_scheme(text, name)


class UnitAttributes(Record):
    """What the year's scheme asks of a unit: its class, targets, special indicators.

    values: attribute code → text (`text`, `indicators`), true or false (`flag`); what is not said
    is left out.
    Which attributes there are is the scheme's word, so another regulation needs no column.
    """

    year = models.ForeignKey(WorkYear, models.CASCADE, related_name="attributes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="attributes")
    values = models.JSONField("年度属性", default=dict, blank=True)

    class Meta:
        verbose_name = "年度属性"
        constraints = (models.UniqueConstraint(fields=["year", "unit"], name="unit_attributes"),)

    def __str__(self) -> str:
        return f"{self.unit}（{self.year}）"


class VillageCount(Record):
    """Households and people of a village in a year."""

    year = models.ForeignKey(WorkYear, models.CASCADE, related_name="counts")
    village = models.ForeignKey(Village, models.PROTECT, related_name="counts")
    households = models.PositiveIntegerField("总户数")
    people = models.PositiveIntegerField("总人数")
    poor_households = models.PositiveIntegerField("贫困户数")
    poor_people = models.PositiveIntegerField("贫困人数")

    class Meta:
        verbose_name = "户数人数"
        constraints = (
            models.UniqueConstraint(fields=["year", "village"], name="village_count"),
            models.CheckConstraint(
                condition=models.Q(poor_households__lte=models.F("households")),
                name="poor_households_of_households",
                violation_error_message="贫困户数不能多于总户数。",
            ),
            models.CheckConstraint(
                condition=models.Q(poor_people__lte=models.F("people")),
                name="poor_people_of_people",
                violation_error_message="贫困人数不能多于总人数。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.village}（{self.year}）"
