"""Forms about postings."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from kaohe.web.common.actor import Reach
from kaohe.web.common.versions import VersionedForm
from kaohe.web.roster.actions.postings import PostingFacts
from kaohe.web.roster.forms.chosen import ChoosingForm, ChosenField, DayField
from kaohe.web.roster.models import Person, Posting, Team, Unit, Village
from kaohe.web.roster.queries.reach import people_in, teams_in, units_in, villages_in


class PostingForm(ChoosingForm):
    """A posting of one kind. With `replaced` it begins in that one's stead, at its village."""

    person = ChosenField(
        label="人员", queryset=Person.objects.none(), hint=lambda row: f"{row.unit} {row.initials}"
    )
    team = ChosenField(label="工作队", queryset=Team.objects.none(), hint=lambda row: row.initials)
    department = ChosenField(
        label="派出单位", queryset=Unit.objects.none(), hint=lambda row: row.initials
    )
    village = ChosenField(
        label="派驻村",
        queryset=Village.objects.none(),
        hint=lambda row: f"{row.township} {row.initials}",
    )
    start = DayField(label="开始日期")
    end = DayField(label="结束日期", required=False, help_text="派驻的最后一天；还在任的空着。")

    class Meta:
        model = Posting
        fields = ("person", "team", "department", "village", "start", "end")

    def __init__(
        self,
        *args: Any,
        kind: Posting.Kind,
        reach: Reach,
        replaced: Posting | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.replaced = kind, replaced
        departments = units_in(reach).filter(kind=Unit.Kind.DEPARTMENT)
        self._limit("person", people_in(reach).select_related("unit"))
        self._limit("team", teams_in(reach))
        self._limit("department", departments)
        self._limit("village", villages_in(reach).select_related("township"))
        if kind == Posting.Kind.VILLAGE_TEAM:
            del self.fields["person"]
            self.fields["department"].required = False
            self.fields["department"].help_text = "乡镇自己组建的工作队空着。"
        else:
            del self.fields["team"]
        if replaced is not None:
            del self.fields["village"]
            self.fields["start"].label = "接替日期"
            self.fields["start"].help_text = format_html("{}任到这一天的前一天。", replaced.subject)

    def _limit(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, ChosenField)
        field.queryset = rows

    def facts(self) -> PostingFacts:
        values = self.cleaned_data
        subject = values["team"] if "team" in self.fields else values["person"]
        department = values["department"]
        return PostingFacts(
            subject_id=subject.pk,
            department_id=department.pk if department is not None else None,
            village_id=self.replaced.village_id if self.replaced else values["village"].pk,
            start=values["start"],
            end=values["end"],
        )


class PostingEndForm(VersionedForm):
    """The last day of a posting."""

    end = DayField(label="结束日期", help_text="派驻的最后一天。")

    class Meta:
        model = Posting
        fields = ("end",)
