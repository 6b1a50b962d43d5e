"""Forms about village teams."""

from __future__ import annotations

from typing import Any

from django import forms

from kaohe.web.common.actor import Reach
from kaohe.web.common.versions import VersionedForm
from kaohe.web.roster.actions.teams import TeamFacts
from kaohe.web.roster.forms.chosen import ChosenField, DayField
from kaohe.web.roster.models import Person, Team, TeamMember
from kaohe.web.roster.queries.reach import people_in


class TeamForm(VersionedForm):
    """A team itself."""

    ended = DayField(label="撤销日期", required=False, help_text="还在的空着。")

    class Meta:
        model = Team
        fields = ("code", "name", "ended")
        help_texts = {"code": "全县不重复，如 W012。", "name": "如：柳林村驻村工作队。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["ended"]

    def facts(self) -> TeamFacts:
        values = self.cleaned_data
        return TeamFacts(values["code"], values["name"], values.get("ended"))


class _Joining(forms.Form):
    person = ChosenField(
        label="人员", queryset=Person.objects.none(), hint=lambda row: f"{row.unit} {row.initials}"
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, ChosenField)
        person.queryset = people_in(reach).filter(left__isnull=True).select_related("unit")


class MemberForm(_Joining):
    """Somebody who joins a team."""

    start = DayField(label="入队日期")
    leader = forms.BooleanField(
        label="任队长", required=False, help_text="已有队长的，请用“换队长”。"
    )


class LeaderForm(_Joining):
    """A team's next leader."""

    start = DayField(label="接任日期", help_text="原队长任到这一天的前一天。")
    stays = forms.BooleanField(label="原队长留在队里，改任队员", required=False)

    field_order = ("person", "start", "stays")


class MemberEndForm(VersionedForm):
    """Somebody's last day in a team."""

    end = DayField(label="离队日期", help_text="在队的最后一天。")

    class Meta:
        model = TeamMember
        fields = ("end",)
