"""Information items and research reports (信息报送), from whoever has to report them."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.fieldwork.models.evidence import Evidence
from kaohe.web.roster.models import County, Person, Posting, Unit


class InformationItem(Record):
    """A text reported by a unit, or by somebody in a posting; received, perhaps adopted.

    The month of `reported_at` is the month that it counts in, once it is received: when it came
    first, however often it was returned and sent again.
    """

    class Kind(models.TextChoices):
        ITEM = "item", "信息"
        RESEARCH = "research", "调研报告"

    class State(models.TextChoices):
        REPORTED = "reported", "待接收"
        RECEIVED = "received", "已接收"
        RETURNED = "returned", "已退回"

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
        verbose_name="派驻",
    )
    # Who of the posting: of a team, the member.
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送人"
    )
    # The account that sent it, for a unit as well.
    reported_by_id = models.BigIntegerField("经办账号", null=True, blank=True)
    reported_by = models.CharField("经办人", max_length=100)
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", max_length=20_000)
    attachments = models.ManyToManyField(
        Evidence, through="InformationFile", blank=True, related_name="+", verbose_name="附件"
    )
    reported_at = models.DateTimeField("报送时间", db_index=True)
    resent_at = models.DateTimeField("重新报送时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.REPORTED)
    # Of the latest decision, received or returned.
    received_by = models.CharField("接收人", max_length=100, blank=True)
    received_at = models.DateTimeField("接收时间", null=True, blank=True)
    note = models.CharField("接收意见", max_length=300, blank=True)
    # By which near-copies are found, see queries/likeness.py.
    sketch = models.BinaryField("摘要", default=b"", blank=True, editable=False)

    class Meta:
        verbose_name = "信息"
        ordering = ("-reported_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, posting__isnull=True, person__isnull=True)
                | models.Q(unit__isnull=True, posting__isnull=False, person__isnull=False),
                name="information_of_unit_or_posting",
            ),
        )
        indexes = (models.Index(fields=["county", "state"], name="information_by_state"),)

    def __str__(self) -> str:
        return self.title

    @property
    def reporter(self) -> str:
        """Whose it is: a unit, a person, or a team with the member who reported."""
        if self.posting is None:
            return str(self.unit)
        if self.posting.team is not None:
            return f"{self.posting.team}（{self.person}）"
        return str(self.person)

    @property
    def reporter_kind(self) -> str:
        """The kind of its reporter, as the scheme names kinds."""
        if self.posting is not None:
            return self.posting.get_kind_display()
        assert self.unit is not None, "a constraint holds that one of them is there"
        return self.unit.get_kind_display()


class InformationFile(models.Model):
    """A file that came with a text; taken out before the text is, so that the log tells of it."""

    item = models.ForeignKey(InformationItem, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "信息附件"
        constraints = (
            models.UniqueConstraint(fields=["item", "evidence"], name="information_file_once"),
        )

    def __str__(self) -> str:
        return str(self.evidence)


class Adoption(Record):
    """A received text that a county, city or province took up, with what proves it.

    One text may be adopted at several levels, at different times; the highest one counts.
    """

    class Level(models.IntegerChoices):
        COUNTY = 1, "县级"
        CITY = 2, "市级"
        PROVINCE = 3, "省级"

    item = models.ForeignKey(
        InformationItem, models.PROTECT, related_name="adoptions", verbose_name="信息"
    )
    level = models.PositiveSmallIntegerField("采用级别", choices=Level.choices)
    outlet = models.CharField("采用单位或刊物", max_length=100)
    day = models.DateField("采用日期")
    proof = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name="采用证明")
    registered_by = models.CharField("登记人", max_length=100)

    class Meta:
        verbose_name = "信息采用"
        ordering = ("-level", "day", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["item", "level", "outlet"],
                name="adopted_once_by_an_outlet",
                violation_error_message="这一级的这个单位或刊物已经登记过。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_level_display()}采用：{self.item}"
