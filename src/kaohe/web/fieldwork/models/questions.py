"""Questions: what a look at a month's records found striking, and what people say to it.

A question is no verdict, and no score or fact is read from one.
"""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models.journals import Journal
from kaohe.web.roster.models import County, Person, Posting


class Question(Record):
    """One striking thing, told without blame, with the rows that it rests on.

    The key says what it is about, so that a later look finds it again and asks nothing twice.
    """

    class Sort(models.TextChoices):
        JOURNALS = "journals", "日志相近"
        PLACES = "places", "两地签到"
        DEVICE = "device", "多人共用设备"
        LEAVE = "leave", "假期有出勤记录"
        PHOTOS = "photos", "多人同一照片"
        SITTING = "sitting", "集中补录"

    class State(models.TextChoices):
        OPEN = "open", "待核实"
        ANSWERED = "answered", "已核实"
        GONE = "gone", "已消除"

    class Outcome(models.TextChoices):
        JUSTIFIED = "justified", "情况属实，但有正当理由"
        CORRECTED = "corrected", "记录有误，已更正"
        FURTHER = "further", "需进一步调查"

    county = models.ForeignKey(County, models.PROTECT, related_name="questions")
    month = models.DateField("月份")  # its first day
    sort = models.CharField("类别", max_length=10, choices=Sort.choices)
    key = models.CharField(max_length=80)
    seen = models.TextField("看到的情况", max_length=2000)
    # [[table, key], …]
    rows = models.JSONField("依据的记录", default=list)
    # Of journals: [[later, earlier, percent], …], the most alike first.
    pairs = models.JSONField("相近的日志", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    # When the records last ceased to show it; a question that was answered keeps its answer.
    gone_at = models.DateTimeField("消除时间", null=True, blank=True)
    # When one of those concerned last said something: whoever answers must have seen that.
    words_at = models.DateTimeField("最近一次本人说明", null=True, blank=True)
    outcome = models.CharField("核实结果", max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField("核实说明", max_length=2000, blank=True)
    heard = models.CharField("怎样听取本人意见", max_length=200, blank=True)
    answered_by = models.CharField("核实人", max_length=100, blank=True)
    answered_at = models.DateTimeField("核实时间", null=True, blank=True)
    people = models.ManyToManyField(
        Person, through="Concerned", related_name="+", verbose_name="涉及人员"
    )

    class Meta:
        verbose_name = "待核实情况"
        ordering = ("-month", "-created_at", "-pk")
        constraints = (models.UniqueConstraint(fields=["county", "key"], name="question_key"),)
        indexes = (models.Index(fields=["county", "month"], name="question_of_month"),)

    def __str__(self) -> str:
        return f"{self.month:%Y年%m月} {self.get_sort_display()}"

    @property
    def pending(self) -> bool:
        """Whether somebody still has to look into it."""
        return self.state == self.State.OPEN or self.further

    @property
    def further(self) -> bool:
        return self.state == self.State.ANSWERED and self.outcome == self.Outcome.FURTHER


class Concerned(Record):
    """Somebody whom a question is about, in which posting, and what they say to it themselves."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="concerned")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="+", verbose_name="派驻")
    # The same as `seen`, without the names of others.
    told = models.TextField("告诉本人的情况", max_length=2000)
    explanation = models.TextField("本人说明", max_length=2000, blank=True)
    explained_at = models.DateTimeField("说明时间", null=True, blank=True)

    class Meta:
        verbose_name = "涉及人员"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["question", "person"], name="concerned_once"),
        )

    def __str__(self) -> str:
        return str(self.person)


class JournalSketch(models.Model):
    """A journal's text boiled down, by which a month is compared with a year.

    Derived from the journal of that version; empty for a text too short to judge.
    """

    journal = models.OneToOneField(Journal, models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveIntegerField("日志的版本")
    sketch = models.BinaryField("摘要")

    class Meta:
        verbose_name = "日志摘要"

    def __str__(self) -> str:
        return f"{self.journal_id}"


class Look(Record):
    """The last look at a county's month: when, on whose behalf, and over how much."""

    county = models.ForeignKey(County, models.PROTECT, related_name="looks")
    month = models.DateField("月份")  # its first day
    job_id = models.UUIDField("任务", null=True, blank=True)
    looked_at = models.DateTimeField("核查时间", null=True, blank=True)
    looked_by = models.CharField("核查人", max_length=100, blank=True)
    # How many were found, and how many of those were new.
    found = models.PositiveIntegerField("发现", default=0)
    fresh = models.PositiveIntegerField("新发现", default=0)

    class Meta:
        verbose_name = "数据核查"
        ordering = ("-month",)
        constraints = (models.UniqueConstraint(fields=["county", "month"], name="look_of_month"),)

    def __str__(self) -> str:
        return f"{self.month:%Y年%m月}核查"
