"""The journal's form, and that of the bound journals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from kaohe.web.common.versions import VersionedForm
from kaohe.web.fieldwork.actions.journals import JournalFacts
from kaohe.web.fieldwork.forms.evidence import IMAGES, DroppedField, EvidenceField, offer_dropped
from kaohe.web.fieldwork.models import Journal
from kaohe.web.fieldwork.queries.journals import others_in_village
from kaohe.web.fieldwork.queries.postings import Service
from kaohe.web.roster.forms.chosen import EARLIEST, LATEST, DayField
from kaohe.web.roster.models import Person

_TEXTS = {"items": 5, "measures": 3, "results": 3, "comments": 2}
_HINTS = {
    "items": "今天做了什么：走访、开会、项目、来访……",
    "measures": "怎么做的。",
    "results": "办成了什么，还差什么。",
    "comments": "群众怎么说，可以不填。",
}


class JournalForm(VersionedForm):
    """A day's journal. The day is chosen before; a first secretary ticks who else was there."""

    service = forms.ChoiceField(label="派驻村")
    noted = forms.TypedMultipleChoiceField(
        label="当天还有谁在村",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="与村考勤簿、他们本人的日志相互印证；没有见到的不勾。",
    )
    photos = EvidenceField(label="照片", accept=IMAGES)
    dropped = DroppedField("照片")

    class Meta:
        model = Journal
        fields = ("day", "items", "measures", "results", "comments")
        widgets = {
            "day": forms.HiddenInput,
            **{name: forms.Textarea({"rows": rows}) for name, rows in _TEXTS.items()},
        }
        help_texts = _HINTS

    field_order = ("day", "service", *_TEXTS, "noted", "dropped", "photos")

    def __init__(
        self, data: Any, files: Any, *, services: Sequence[Service], day: date, **kwargs: Any
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.services = {f"{one.posting.pk}-{one.person.pk}": one for one in services}
        self.initial["day"] = day
        self._choose_service()
        self._offer_people(day)
        photos = self.instance.evidence.all() if self.instance.pk else ()
        offer_dropped(self, {one.pk: one.name for one in photos})
        if self.instance.pk:
            self.initial["noted"] = list(self.instance.noted.values_list("pk", flat=True))

    def facts(self) -> JournalFacts:
        values = dict(self.cleaned_data)
        service = self.services[values.pop("service")]
        noted = values.pop("noted", ())
        return JournalFacts(
            posting_id=service.posting.pk,
            person_id=service.person.pk,
            noted=frozenset(noted),
            dropped=frozenset(values.pop("dropped", ())),
            **values,
        )

    def _choose_service(self) -> None:
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (code, f"{one.posting.village.township}{one.posting.village}")
            for code, one in self.services.items()
        ]
        if self.instance.pk:
            self.initial["service"] = f"{self.instance.posting_id}-{self.instance.person_id}"
        else:
            self.initial["service"] = next(iter(self.services), "")
        if len(self.services) <= 1:
            field.widget = forms.HiddenInput()
            # A form that was shown without the network does not know it.
            field.required = False

    def clean_service(self) -> str:
        chosen = self.cleaned_data["service"] or next(iter(self.services), "")
        if not chosen:
            raise forms.ValidationError("这一天您不在派驻期间，不能写日志；请核对日期。")
        return str(chosen)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError("日期不对，请核对年份。")
        return day

    def _offer_people(self, day: date) -> None:
        """Offer the others in the village to be ticked, each with what they are there."""
        people = {
            one.person.pk: f"{one.person}（{one.posting.get_kind_display()}）"
            for service in self.services.values()
            for one in others_in_village(service, day)
        }
        if not people:
            del self.fields["noted"]
            return
        field = self.fields["noted"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = list(people.items())

    # Two phones of one person: the differing ticks are told by names.

    def _present(self) -> dict[str, Any]:
        present = super()._present()
        noted = self.instance.noted.values_list("pk", flat=True) if self.instance.pk else ()
        return present | {
            "noted": [str(pk) for pk in noted],
            "service": f"{self.instance.posting_id}-{self.instance.person_id}",
        }

    def _shown(self, values: Any) -> dict[str, str]:
        shown = super()._shown(values)
        for name in ("noted", "dropped"):
            if name in shown:
                shown[name] = self._names(name, values)
        shown["photos"] = ""  # files are never told apart by their names
        return shown

    def _names(self, name: str, values: Any) -> str:
        chosen = values.getlist(name) if hasattr(values, "getlist") else values.get(name) or ()
        field = self.fields[name]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        options: Any = field.choices
        return "、".join(label for pk, label in options if str(pk) in set(map(str, chosen)))

    def _with_choices(self, data: Any) -> Any:
        merged = super()._with_choices(data)
        if data.get("choose-noted") == "theirs":
            merged.setlist("noted", self._present()["noted"])
        return merged


class BoundForm(forms.Form):
    """Whose journals are bound, and from when to when: a year at most."""

    person = forms.ModelChoiceField(
        label="人员", queryset=Person.objects.none(), empty_label="请选择人员"
    )
    first = DayField(label="从")
    last = DayField(label="到", help_text="一次最多一年。")

    def __init__(self, data: Any, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
        today = timezone.localdate()
        self.initial = {"first": today.replace(day=1), "last": today}
        if people.count() == 1:
            self.initial["person"] = people.get()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", "结束日期早于开始日期，请核对。")
        elif first and last and (last - first).days > 366:
            self.add_error("last", "一次最多装订一年的日志；请分几次。")
        return values


class OfflineJournalForm(forms.ModelForm):
    """A day's journal as it can be written without the network: with no names of anybody in it."""

    photos = EvidenceField(label="照片", accept=IMAGES)

    class Meta:
        model = Journal
        fields = ("day", *_TEXTS)
        widgets = {
            "day": forms.DateInput(attrs={"type": "date"}),
            **{name: forms.Textarea({"rows": rows}) for name, rows in _TEXTS.items()},
        }
        help_texts = _HINTS
