"""Work records: trainings, visits, donations — whatever sorts the scheme names."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import date_format

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.roster.models import County, Posting, Unit, WorkYear


class WorkRecord(Record):
    """One piece of work of a kind from `scheme.records`, done by a unit or in a posting.

    It counts once somebody else has confirmed it. Who decided last, when and with which words stays
    when it is reported again, so that the next reader sees what was asked for.
    """

    class State(models.TextChoices):
        REPORTED = "reported", "待确认"
        CONFIRMED = "confirmed", "已确认"
        REFUSED = "refused", "不认可"

    county = models.ForeignKey(County, models.PROTECT, related_name="work_records")
    year = models.ForeignKey(WorkYear, models.PROTECT, related_name="work_records")
    kind = models.CharField("种类", max_length=60)  # a code of scheme.records
    # One of them: whose work it is.
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_records",
        verbose_name="单位",
    )
    posting = models.ForeignKey(
        Posting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_records",
        verbose_name="派驻",
    )
    day = models.DateField("日期")
    target = models.CharField("对象", max_length=60, blank=True)
    quantity = models.DecimalField(
        "数量",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    text = models.TextField("情况", max_length=4000)
    # The account that wrote it last, which never confirms it. A command has none.
    reported_by_id = models.BigIntegerField("登记账号", null=True, blank=True)
    reported_by = models.CharField("登记人", max_length=100)
    reported_at = models.DateTimeField("报出时间")
    evidence = models.ManyToManyField(
        Evidence, through="RecordEvidence", blank=True, related_name="+", verbose_name="佐证"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.REPORTED)
    confirmed_by = models.CharField("确认人", max_length=100, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    note = models.CharField("确认意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "工作记录"
        ordering = ("-day", "-pk")
        indexes = (models.Index(fields=["county", "state"], name="work_record_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, posting__isnull=True)
                | models.Q(unit__isnull=True, posting__isnull=False),
                name="work_record_of_unit_or_posting",
            ),
        )

    def __str__(self) -> str:
        about = f"（{self.target}）" if self.target else ""
        return f"{date_format(self.day)}的工作记录{about}"


class RecordEvidence(models.Model):
    """A file of a record. Records of one day may share one; none goes while a record has it."""

    record = models.ForeignKey(WorkRecord, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "工作记录的佐证"
        constraints = (
            models.UniqueConstraint(fields=["record", "evidence"], name="record_evidence_once"),
        )

    def __str__(self) -> str:
        return str(self.evidence)
