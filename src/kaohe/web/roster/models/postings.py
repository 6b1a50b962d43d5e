"""Postings: who serves at which village, sent by which department, from when to when."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.models.people import Person
from kaohe.web.roster.models.places import County, Unit, Village
from kaohe.web.roster.models.teams import Team


class Posting(Record):
    """Service of a person or a team at a village; an empty end means: still serving."""

    class Kind(models.TextChoices):
        FIRST_SECRETARY = "first_secretary", "第一书记"
        VILLAGE_TEAM = "village_team", "驻村工作队"
        TECHNICIAN = "technician", "农业科技人员"

    county = models.ForeignKey(County, models.PROTECT, related_name="postings", verbose_name="县")
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name="人员"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name="工作队"
    )
    # Empty for teams that a township formed itself, in villages that are not poor (二(一)1(2)).
    department = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postings",
        verbose_name="派出单位",
    )
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="postings", verbose_name="派驻村"
    )
    start = models.DateField("开始日期")
    end = models.DateField("结束日期", null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="接替",
    )

    class Meta:
        verbose_name = "派驻"
        ordering = ("-start",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="posting_dates",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(kind="village_team", team__isnull=False, person__isnull=True)
                    | (
                        models.Q(person__isnull=False, team__isnull=True)
                        & ~models.Q(kind="village_team")
                    )
                ),
                name="posting_of_person_or_team",
                violation_error_message="驻村工作队的派驻填工作队，其他填人员。",
            ),
            models.CheckConstraint(
                condition=models.Q(department__isnull=False) | models.Q(kind="village_team"),
                name="posting_sent_by",
                violation_error_message="第一书记和农业科技人员要填派出单位。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.village}"

    @property
    def subject(self) -> Person | Team:
        """Who serves: the person or the team."""
        subject = self.team if self.person is None else self.person
        assert subject is not None, "a constraint holds that one of them is there"
        return subject
