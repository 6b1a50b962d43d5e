"""Days in the village, as three books tell them, and the working days that the county has."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.fieldwork.models.service import ServiceRecord
from kaohe.web.roster.models import County


class Workday(Record):
    """A day that the office set otherwise than the Chinese calendar says, or that it has not."""

    county = models.ForeignKey(County, models.PROTECT, related_name="workdays")
    day = models.DateField("日期")
    works = models.BooleanField("上班")
    note = models.CharField("说明", max_length=60, blank=True)

    class Meta:
        verbose_name = "工作日调整"
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=["county", "day"], name="workday"),)

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.works else '休息'}"


class SignIn(ServiceRecord):
    """One day's sign-in in the village. The time of receipt rules; what the device says is a claim.

    Outside the village's radius it is kept and marked, never refused; entered later it is marked
    with when and why.
    """

    day = models.DateField("日期")
    received_at = models.DateTimeField("收到时间")
    claimed_at = models.DateTimeField("手机上的时间", null=True, blank=True)
    late_reason = models.CharField("补签原因", max_length=200, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    accuracy = models.PositiveIntegerField("定位误差（米）", null=True, blank=True)
    distance = models.PositiveIntegerField("距村委会（米）", null=True, blank=True)
    # A keyed hash of an id that the browser keeps: tells same from other, and nothing else.
    device = models.CharField("设备", max_length=64, blank=True, db_index=True)
    photo = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="照片"
    )

    class Meta:
        verbose_name = "签到"
        ordering = ("-day",)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "day"],
                name="one_sign_in_a_day",
                violation_error_message="这一天已经签到。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.day}"

    @property
    def late(self) -> bool:
        return bool(self.late_reason)

    def outside(self, radius: int) -> bool:
        """Whether the place was surely outside: farther than radius and error, in metres."""
        return self.distance is not None and self.distance > radius + (self.accuracy or 0)


class BookEntry(ServiceRecord):
    """A day in the village's paper attendance book, as the township typed it in."""

    day = models.DateField("日期")
    present = models.BooleanField("在村")

    class Meta:
        verbose_name = "考勤簿"
        ordering = ("-day",)
        constraints = (
            models.UniqueConstraint(fields=["person", "day"], name="one_book_entry_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.day} {'在村' if self.present else '不在村'}"


class Settlement(ServiceRecord):
    """What the township decided about a day on which the books disagree, and why."""

    day = models.DateField("日期")
    present = models.BooleanField("认定在村")
    reason = models.CharField("理由", max_length=300)
    settled_by = models.CharField("认定人", max_length=100)

    class Meta:
        verbose_name = "考勤认定"
        ordering = ("-day",)
        constraints = (
            models.UniqueConstraint(fields=["person", "day"], name="one_settlement_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.day} 认定{'在村' if self.present else '不在村'}"


class Leave(ServiceRecord):
    """Leave or official absence: written application, approval, return (书面请销假)."""

    class Kind(models.TextChoices):
        PRIVATE = "private", "事假"
        SICK = "sick", "病假"
        OTHER = "other", "其他假"
        OFFICIAL = "official", "公务外出"

    class State(models.TextChoices):
        APPLIED = "applied", "待批"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"
        RETURNED = "returned", "已销假"

    # From which state what may follow: the one table of the procedure.
    NEXT = {
        State.APPLIED: (State.APPROVED, State.REFUSED, State.WITHDRAWN),
        State.APPROVED: (State.RETURNED,),
    }

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    first = models.DateField("起始日期")
    last = models.DateField("截止日期")
    reason = models.CharField("事由", max_length=300)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)
    decided_by = models.CharField("审批人", max_length=100, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decision_note = models.CharField("审批意见", max_length=300, blank=True)
    returned_on = models.DateField("销假日期", null=True, blank=True)
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="+", verbose_name="书面申请"
    )

    class Meta:
        verbose_name = "请假"
        ordering = ("-first",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")),
                name="leave_dates",
                violation_error_message="截止日期不能早于起始日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.first}—{self.last}"

    @property
    def away_until(self) -> date:
        """The last day away: who came back earlier was in service again from that day on."""
        if self.returned_on is None:
            return self.last
        return min(self.last, self.returned_on - timedelta(days=1))

    @property
    def days_late(self) -> int:
        """How many days after its end the leave was ended in writing; 0 when in time or open."""
        if self.returned_on is None:
            return 0
        return max(0, (self.returned_on - self.last).days - 1)

    @property
    def official(self) -> bool:
        return self.kind == self.Kind.OFFICIAL
