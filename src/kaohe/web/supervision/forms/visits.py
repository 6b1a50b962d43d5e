"""The form of a visit: the checklist with findings at its indicators, and who was there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from kaohe.web.common.versions import Differing, VersionedForm
from kaohe.web.fieldwork.forms.evidence import EvidenceField
from kaohe.web.fieldwork.queries.postings import Service
from kaohe.web.roster.forms.chosen import DayField
from kaohe.web.supervision.actions.visits import Found, VisitFacts
from kaohe.web.supervision.models import Finding, Inspection, OnSpot
from kaohe.web.supervision.queries.checklists import Line

_FILES_A_FINDING = 6
_MARKS = [(mark.value, mark.label) for mark in Inspection.Mark]


@dataclass(frozen=True)
class Asked:
    """A line of the checklist with its fields, and the findings that are there already."""

    line: Line
    mark: BoundField
    severity: BoundField
    text: BoundField
    files: BoundField
    known: tuple[Finding, ...]
    opens: str  # the group that begins with this line

    @property
    def errors(self) -> bool:
        return any(one.errors for one in (self.mark, self.severity, self.text, self.files))


class VisitForm(VersionedForm):
    """A visit. What one inspector finds is added to what another found, so it never conflicts."""

    day = DayField(label="检查日期")

    class Meta:
        model = Inspection
        fields = ("day", "inspectors", "remarks")
        widgets = {"remarks": forms.Textarea({"rows": 4})}
        help_texts = {"inspectors": "几个人之间用顿号隔开。"}

    def __init__(
        self,
        data: Any,
        files: Any,
        *,
        lines: Sequence[Line],
        services: Sequence[Service],
        **kwargs: Any,
    ) -> None:
        self.lines = {line.code: line for line in lines}
        self.people = {one.person.pk: one.person for one in services}
        super().__init__(data, files, **kwargs)
        self.fields["inspectors"].required = True
        known = list(self.instance.findings.prefetch_related("evidence").order_by("pk"))
        self._known: dict[str, list[Finding]] = {}
        for finding in known:
            self._known.setdefault(finding.indicator, []).append(finding)
        marks = self.instance.checklist
        for line in lines:
            self._add_line(line, marks.get(line.code, Inspection.Mark.NOT_SEEN))
        seen = {one.person_id: one.state for one in self.instance.on_spot.all()}
        for pk, person in self.people.items():
            self.fields[f"here-{pk}"] = forms.ChoiceField(
                label=str(person),
                choices=[("", "没有核"), *OnSpot.State.choices],
                required=False,
                initial=seen.get(pk, ""),
                widget=forms.RadioSelect,
            )
        if data is not None:
            # Now that the checklist's fields are there, those chosen of the other inspector too.
            self.data = self._with_choices(self.data)

    def _add_line(self, line: Line, mark: str) -> None:
        code, name = line.code, line.title
        self.fields[f"mark-{code}"] = forms.ChoiceField(
            label=name, choices=_MARKS, initial=mark, widget=forms.RadioSelect, required=False
        )
        self.fields[f"severity-{code}"] = forms.ChoiceField(
            label="程度",
            choices=Finding.Severity.choices,
            initial=Finding.Severity.MINOR,
            required=False,
            widget=forms.RadioSelect,
        )
        again = "又一个问题（没有可不填）" if code in self._known else "问题"
        self.fields[f"text-{code}"] = forms.CharField(
            label=again, max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
        )
        self.fields[f"files-{code}"] = EvidenceField(label="照片、材料", most=_FILES_A_FINDING)

    @property
    def asked(self) -> Iterator[Asked]:
        """The checklist's lines in order, for the page."""
        group = None
        for code, line in self.lines.items():
            opens = line.group if line.group != group else ""
            group = line.group
            yield Asked(
                line,
                self[f"mark-{code}"],
                self[f"severity-{code}"],
                self[f"text-{code}"],
                self[f"files-{code}"],
                tuple(self._known.get(code, ())),
                opens,
            )

    @property
    def here(self) -> list[BoundField]:
        return [self[f"here-{pk}"] for pk in self.people]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for code, line in self.lines.items():
            told = values.get(f"text-{code}") or values.get(f"files-{code}")
            fault = values.get(f"mark-{code}") == Inspection.Mark.FAULT
            if fault and not values.get(f"text-{code}") and (told or code not in self._known):
                error = ValidationError(f"“{line.title}”标了有问题，请写明是什么问题。")
                self.add_error(f"text-{code}", error)
            if told and not fault:
                error = ValidationError(f"“{line.title}”写了问题，请标“有问题”，或清空。")
                self.add_error(f"mark-{code}", error)
        return values

    def facts(self) -> VisitFacts:
        values = self.cleaned_data
        day: date = values["day"]
        return VisitFacts(
            day=day,
            inspectors=values["inspectors"],
            remarks=values["remarks"],
            marks={code: values[f"mark-{code}"] or Inspection.Mark.NOT_SEEN for code in self.lines},
            on_spot={pk: state for pk in self.people if (state := values[f"here-{pk}"])},
            found=[
                Found(
                    code,
                    values[f"severity-{code}"] or Finding.Severity.MINOR,
                    values[f"text-{code}"],
                    values[f"files-{code}"],
                )
                for code in self.lines
                if values[f"text-{code}"]
            ],
        )

    @property
    def differing(self) -> list[Differing]:
        """Findings are only ever added, so two inspectors never differ about them."""
        added = ("severity-", "text-", "files-")
        return [one for one in super().differing if not one.name.startswith(added)]

    def _present(self) -> dict[str, Any]:
        present = super()._present()
        marks = self.instance.checklist
        for code in self.lines:
            present[f"mark-{code}"] = marks.get(code, Inspection.Mark.NOT_SEEN.value)
        seen = {one.person_id: one.state for one in self.instance.on_spot.all()}
        present |= {f"here-{pk}": seen.get(pk, "") for pk in self.people}
        return present
