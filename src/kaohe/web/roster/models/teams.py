"""Village teams, their members and leaders."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.models.people import Person
from kaohe.web.roster.models.places import CODE, County, Named


class Team(Named):
    """A village team; where it serves is said by its postings."""

    county = models.ForeignKey(County, models.PROTECT, related_name="teams", verbose_name="县")
    code = models.CharField("编号", max_length=30, validators=[CODE])
    ended = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "驻村工作队"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["county", "code"],
                name="team_code",
                violation_error_message="这个编号已有别的工作队使用。",
            ),
        )


class TeamMember(Record):
    """Somebody's time in a team."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members", verbose_name="工作队")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name="人员"
    )
    leader = models.BooleanField("队长", default=False)
    start = models.DateField("入队日期")
    end = models.DateField("离队日期", null=True, blank=True)

    class Meta:
        verbose_name = "队员"
        ordering = ("-leader", "start")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="member_dates",
                violation_error_message="离队日期不能早于入队日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}（{self.team}）"
