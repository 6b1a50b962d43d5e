"""Forms about posts."""

from __future__ import annotations

from typing import Any

from django import forms

from kaohe.web.common.actor import Reach
from kaohe.web.common.versions import VersionedForm
from kaohe.web.roster.actions.posts import PostFacts
from kaohe.web.roster.forms.chosen import ChosenField, DayField
from kaohe.web.roster.models import Person, Post, Unit
from kaohe.web.roster.queries.people import own_units
from kaohe.web.roster.queries.reach import people_in


class PostForm(forms.Form):
    """A post that somebody takes up."""

    person = ChosenField(
        label="人员", queryset=Person.objects.none(), hint=lambda row: f"{row.unit} {row.initials}"
    )
    unit = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none())
    title = forms.CharField(label="职务", max_length=60, help_text="如：镇长、扶贫专干。")
    duty = forms.ChoiceField(
        label="职责",
        choices=Post.Duty.choices,
        help_text="结果运用按职责找人：主要领导、分管领导要填准。",
    )
    start = DayField(label="任职日期")
    end = DayField(label="离任日期", required=False, help_text="在任的空着。")

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, unit = self.fields["person"], self.fields["unit"]
        assert isinstance(person, ChosenField)
        assert isinstance(unit, forms.ModelChoiceField)
        person.queryset = people_in(reach).filter(left__isnull=True).select_related("unit")
        unit.queryset = own_units(reach)

    def facts(self) -> PostFacts:
        values = dict(self.cleaned_data)
        return PostFacts(person_id=values.pop("person").pk, unit_id=values.pop("unit").pk, **values)


class PostEndForm(VersionedForm):
    """The last day of a post."""

    end = DayField(label="离任日期", help_text="任职的最后一天。")

    class Meta:
        model = Post
        fields = ("end",)
