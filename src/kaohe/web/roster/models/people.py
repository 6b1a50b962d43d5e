"""People, with no more about them than the work needs, and the posts they hold."""

from __future__ import annotations

from typing import Any

from django.db import models

from kaohe.web.common.fields import EncryptedTextField, blind_index, masked
from kaohe.web.common.models import Record
from kaohe.web.roster.models.places import CODE, County, Named, Unit
from kaohe.web.roster.personal import check_id_number, check_phone
from kaohe.web.roster.pinyin import person_initials


class Person(Named):
    """Somebody who serves in a village, leads a unit or works for the assessment."""

    county = models.ForeignKey(County, models.PROTECT, related_name="people", verbose_name="县")
    code = models.CharField("编号", max_length=30, validators=[CODE])
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="单位"
    )
    id_number = EncryptedTextField("身份证号", blank=True, validators=[check_id_number])
    id_index = models.CharField(max_length=64, null=True, editable=False)
    phone = EncryptedTextField("电话", blank=True, validators=[check_phone])
    phone_index = models.CharField(max_length=64, null=True, editable=False, db_index=True)
    left = models.DateField("离开日期", null=True, blank=True)

    class Meta:
        verbose_name = "人员"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["county", "code"],
                name="person_code",
                violation_error_message="这个编号已有别的人使用。",
            ),
            models.UniqueConstraint(
                fields=["county", "id_index"],
                name="person_id_number",
                violation_error_message="这个身份证号已登记在别的人名下。",
            ),
        )

    def clean_fields(self, exclude: Any = None) -> None:
        self.id_number = self.id_number.strip().upper()
        self.phone = self.phone.strip()
        super().clean_fields(exclude)
        self.initials = person_initials(self.name)
        self.id_index = blind_index(self.id_number)
        self.phone_index = blind_index(self.phone)

    @property
    def masked_id_number(self) -> str:
        return masked(self.id_number, head=3, tail=2)

    @property
    def masked_phone(self) -> str:
        return masked(self.phone, head=3, tail=2)


class Post(Record):
    """A duty in a unit; consequences reach the head, the deputy in charge, the one responsible."""

    class Duty(models.TextChoices):
        HEAD = "head", "主要领导"
        DEPUTY = "deputy_in_charge", "分管领导"
        CONTACT = "contact", "联络员"
        STAFF = "staff", "工作人员"

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.CharField("职务", max_length=60)
    duty = models.CharField("职责", max_length=20, choices=Duty.choices)
    start = models.DateField("任职日期")
    end = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        verbose_name = "职务"
        ordering = ("-start",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="post_dates",
                violation_error_message="离任日期不能早于任职日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.unit}{self.title}"
