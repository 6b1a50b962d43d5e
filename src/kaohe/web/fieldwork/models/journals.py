"""Journals and monthly reports."""

from __future__ import annotations

from django.db import models

from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.fieldwork.models.service import ServiceRecord
from kaohe.web.roster.models import Person


class Journal(ServiceRecord):
    """A day's journal (工作日志, 二(三)6(3)): items, measures, results, what people say.

    A first secretary's journal also notes who else was in the village: the third of the books that
    attendance is held against. After the scheme's days of grace it is locked.
    """

    day = models.DateField("日期")
    items = models.TextField("工作事项", max_length=4000)
    measures = models.TextField("主要措施", max_length=4000, blank=True)
    results = models.TextField("办理结果", max_length=4000, blank=True)
    comments = models.TextField("群众评价", max_length=2000, blank=True)
    noted = models.ManyToManyField(
        Person, through="Noted", blank=True, related_name="+", verbose_name="同日在村人员"
    )
    received_at = models.DateTimeField("收到时间")
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name="照片")

    class Meta:
        verbose_name = "工作日志"
        ordering = ("-day",)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "day"],
                name="one_journal_a_day",
                violation_error_message="这一天已有日志，请修改原来的一篇。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.day} 日志"


class Noted(models.Model):
    """Somebody else whom a journal notes; a person who is noted can't be deleted unseen."""

    journal = models.ForeignKey(Journal, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "同日在村人员"
        constraints = (models.UniqueConstraint(fields=["journal", "person"], name="noted_once"),)

    def __str__(self) -> str:
        return str(self.person)


class MonthlyReport(ServiceRecord):
    """The written report at the end of a month (二(三)6(4)): progress, problems, emergencies."""

    month = models.DateField("月份")  # its first day
    progress = models.TextField("工作进展", max_length=8000)
    problems = models.TextField("重大问题", max_length=4000, blank=True)
    emergencies = models.TextField("突发事项", max_length=4000, blank=True)
    received_at = models.DateTimeField("报送时间")
    due = models.DateField("应报日期")
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+", verbose_name="附件")

    class Meta:
        verbose_name = "月报"
        ordering = ("-month",)
        constraints = (
            models.UniqueConstraint(
                fields=["posting", "person", "month"],
                name="one_report_a_month",
                violation_error_message="这个月已经报过，请修改原来的一份。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.month:%Y年%m月} 月报"
