"""What an inspection found, and its way to being put right."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models import Evidence
from kaohe.web.supervision.models.inspections import Inspection


class Finding(Record):
    """A fault at an indicator: noticed, answered, looked at again, closed."""

    class Severity(models.TextChoices):
        MINOR = "minor", "一般"
        MAJOR = "major", "较重"
        GRAVE = "grave", "严重"

    class State(models.TextChoices):
        FOUND = "found", "待发整改通知"
        NOTIFIED = "notified", "整改中"
        REPLIED = "replied", "待复查"
        CLOSED = "closed", "已销号"

    # From which state what may follow: the one table of the procedure.
    NEXT = {
        State.FOUND: (State.NOTIFIED, State.CLOSED),
        State.NOTIFIED: (State.REPLIED,),
        State.REPLIED: (State.CLOSED, State.NOTIFIED),
        State.CLOSED: (),
    }

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    indicator = models.CharField("指标", max_length=30)  # a leaf of the subject's kind
    severity = models.CharField("程度", max_length=10, choices=Severity.choices)
    text = models.TextField("问题", max_length=2000)
    evidence = models.ManyToManyField(
        Evidence, through="Attached", blank=True, related_name="+", verbose_name="佐证"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.FOUND)
    demand = models.TextField("整改要求", max_length=2000, blank=True)
    due = models.DateField("整改期限", null=True, blank=True)
    notified_at = models.DateTimeField("通知时间", null=True, blank=True)
    escalated_at = models.DateTimeField("上报时间", null=True, blank=True)
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)

    class Meta:
        verbose_name = "督查问题"
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["state", "due"], name="finding_by_due"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.text[:30]}"


class Attached(models.Model):
    """A file of a finding; one that is withdrawn gives its files up first, each told."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "问题的佐证"
        constraints = (
            models.UniqueConstraint(fields=["finding", "evidence"], name="attached_once"),
        )

    def __str__(self) -> str:
        return str(self.evidence)


class Step(Record):
    """What happened on the way, in the order it came; written once and never changed."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "整改通知"
        REPLY = "reply", "整改回复"
        RECHECK = "recheck", "复查"
        SETTLED = "settled", "当场整改"
        ESCALATED = "escalated", "逾期上报"

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    text = models.TextField("情况", max_length=4000)
    passed = models.BooleanField("复查合格", null=True, blank=True)
    due = models.DateField("整改期限", null=True, blank=True)
    by_id = models.BigIntegerField("账号", null=True, blank=True)
    by = models.CharField("经办人", max_length=100)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name="佐证")

    class Meta:
        verbose_name = "整改记录"
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.finding}"
