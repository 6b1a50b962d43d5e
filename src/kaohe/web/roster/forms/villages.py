"""Forms about villages."""

from __future__ import annotations

from typing import Any

from django import forms

from kaohe.web.common.actor import Reach
from kaohe.web.common.versions import VersionedForm
from kaohe.web.roster.actions.villages import Counts, VillageFacts
from kaohe.web.roster.models import Unit, Village, VillageCount
from kaohe.web.roster.queries.reach import units_in


class VillageForm(VersionedForm):
    """A village as an office enters it."""

    class Meta:
        model = Village
        fields = ("code", "name", "township", "poor", "exit_year", "longitude", "latitude")
        help_texts = {
            "exit_year": "已退出的贫困村填退出的年份，如 2016。",
            "longitude": "度，小数，如 105.123456；不知道可不填。",
        }

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["township"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units_in(reach).filter(kind=Unit.Kind.TOWNSHIP)

    def facts(self) -> VillageFacts:
        values = dict(self.cleaned_data)
        return VillageFacts(township_id=values.pop("township").pk, **values)


class CountForm(VersionedForm):
    """A village's households of a year."""

    class Meta:
        model = VillageCount
        fields = ("households", "people", "poor_households", "poor_people")

    def counts(self) -> Counts:
        return Counts(**self.cleaned_data)
