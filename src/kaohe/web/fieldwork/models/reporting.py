"""Information items and research reports (信息报送), from whoever has to report them."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.roster.models import County, Posting, Unit


class InformationItem(Record):
    """A text reported by a unit, or by somebody in a posting; received, perhaps adopted."""

    class Kind(models.TextChoices):
        ITEM = "item", "信息"
        RESEARCH = "research", "调研报告"

    class State(models.TextChoices):
        REPORTED = "reported", "已报送"
        RECEIVED = "received", "已接收"
        RETURNED = "returned", "退回"

    class Level(models.TextChoices):
        COUNTY = "county", "县级"
        CITY = "city", "市级"
        PROVINCE = "province", "省级"

    county = models.ForeignKey(County, models.PROTECT, related_name="information")
    kind = models.CharField("类型", max_length=10, choices=Kind.choices, default=Kind.ITEM)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="information",
        verbose_name="报送单位",
    )
    posting = models.ForeignKey(
        Posting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="information",
        verbose_name="报送人",
    )
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", max_length=20_000)
    attachments = models.ManyToManyField(
        Evidence, blank=True, related_name="+", verbose_name="附件"
    )
    reported_at = models.DateTimeField("报送时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.REPORTED)
    received_by = models.CharField("接收人", max_length=100, blank=True)
    received_at = models.DateTimeField("接收时间", null=True, blank=True)
    note = models.CharField("接收意见", max_length=300, blank=True)
    adopted = models.CharField("采用级别", max_length=10, choices=Level.choices, blank=True)
    adopted_on = models.DateField("采用日期", null=True, blank=True)
    adoption_proof = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="采用证明"
    )
    # MinHash of the text's shingles, by which near-copies are found.
    signature = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = "信息"
        ordering = ("-reported_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, posting__isnull=True)
                | models.Q(unit__isnull=True, posting__isnull=False),
                name="information_of_unit_or_posting",
            ),
        )

    def __str__(self) -> str:
        return self.title
