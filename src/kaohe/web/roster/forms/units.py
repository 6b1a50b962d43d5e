"""Forms about townships and departments."""

from __future__ import annotations

from datetime import date

from django import forms

from kaohe.web.common.versions import VersionedForm
from kaohe.web.roster.actions.units import UnitFacts
from kaohe.web.roster.models import Unit


class UnitForm(VersionedForm):
    """A unit's code and name; its kind is asked for once, when it is entered."""

    class Meta:
        model = Unit
        fields = ("code", "name")
        help_texts = {
            "code": "字母、数字、横线，如 T001；导入表和成绩表按编号对应。",
            "name": "与办法写法一致的全称，如“扶贫移民局”；办法按名称列单位名单。",
        }

    def facts(self) -> UnitFacts:
        return UnitFacts(**{name: self.cleaned_data[name] for name in ("code", "name")})


class NewUnitForm(UnitForm):
    """A unit that is not there yet."""

    class Meta(UnitForm.Meta):
        fields = ("kind", "code", "name")  # type: ignore[assignment]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {**UnitForm.Meta.help_texts, "kind": "登记以后不能改。"}


class EndForm(VersionedForm):
    """The day on which a unit ended."""

    class Meta:
        model = Unit
        fields = ("ended",)
        widgets = {"ended": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"ended": "撤销前的最后一天；清空并保存，就恢复这个单位。"}

    def ended(self) -> date | None:
        value: date | None = self.cleaned_data["ended"]
        return value
