"""The lists of information items and research reports."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.calendar import last_of_month, month_of
from kaohe.web.fieldwork.lists.journals import NUMBER, ONE_LINE
from kaohe.web.fieldwork.models import Adoption, InformationItem
from kaohe.web.roster.models import Posting, Unit
from kaohe.web.roster.queries.reach import people_in, teams_in, units_in

TONES = {
    InformationItem.State.REPORTED: "warning",
    InformationItem.State.RECEIVED: "success",
    InformationItem.State.RETURNED: "danger",
}
_KINDS = (*Unit.Kind.choices, *Posting.Kind.choices)
_ADOPTED = (
    ("any", "被采用的"),
    *((str(level), f"{label}采用") for level, label in Adoption.Level.choices),
)


class InformationFilters(SearchFilters):
    """Narrow items by words, reporter, kind, month, state and adoption."""

    q = django_filters.CharFilter(label="查找标题、内容、报送人", method="search")
    kind = django_filters.ChoiceFilter(
        label="类型", empty_label="全部类型", choices=InformationItem.Kind.choices
    )
    reporter = django_filters.ChoiceFilter(
        label="类别", empty_label="全部类别", choices=_KINDS, method="of_kind"
    )
    unit = django_filters.ModelChoiceFilter(
        label="单位",
        empty_label="全部单位",
        queryset=choices_in(units_in),
        method="of_unit",
    )
    state = django_filters.ChoiceFilter(
        label="状态", empty_label="全部状态", choices=InformationItem.State.choices
    )
    adopted = django_filters.ChoiceFilter(
        label="采用", empty_label="不限", choices=_ADOPTED, method="adopted_at"
    )
    month = django_filters.CharFilter(
        label="月份", method="of_month", widget=forms.DateInput(attrs={"type": "month"})
    )
    # From a page about who owes what: one posted person's or team's.
    person = django_filters.ModelChoiceFilter(
        field_name="posting__person", queryset=choices_in(people_in), widget=forms.HiddenInput
    )
    team = django_filters.ModelChoiceFilter(
        field_name="posting__team", queryset=choices_in(teams_in), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = self.request.reach
        if not (reach.whole or reach.units or reach.townships):
            # One's own are all of one reporter.
            for name in ("reporter", "unit"):
                del self.filters[name]

    def search(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        """All words must be found, each in the text or in a name of its reporter."""
        for word in text.split()[:8]:
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(text__icontains=word)
                | Q(unit__name__icontains=word)
                | Q(unit__initials__startswith=word.lower())
                | Q(person__name__icontains=word)
                | Q(person__initials__startswith=word.lower())
                | Q(posting__team__name__icontains=word)
                | Q(posting__village__name__icontains=word)
            )
        return rows

    def of_kind(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value in Unit.Kind.values:
            return rows.filter(unit__kind=value)
        return rows.filter(posting__kind=value)

    def of_unit(self, rows: QuerySet[Any], name: str, unit: Unit) -> QuerySet[Any]:
        """A unit's own, of those it sent, and in a township's villages."""
        return rows.filter(
            Q(unit=unit) | Q(posting__department=unit) | Q(posting__village__township=unit)
        )

    def adopted_at(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(highest__isnull=False) if value == "any" else rows.filter(highest=value)

    def of_month(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        latest = rows.order_by("-reported_at").values_list("reported_at", flat=True).first()
        if latest is None:
            return rows
        first = month_of(text, timezone.localdate(latest))
        return rows.filter(
            reported_at__date__gte=first, reported_at__date__lte=last_of_month(first)
        )


class InformationTable(tables.Table):
    """Items, the latest first."""

    title = tables.Column("标题", linkify=("fieldwork:information-item", [tables.A("pk")]))
    kind = tables.Column("类型", attrs=ONE_LINE)
    reporter = tables.Column("报送方", orderable=False)
    reporter_kind = tables.Column("类别", orderable=False, attrs=ONE_LINE)
    reported_at = tables.DateTimeColumn(
        verbose_name="报送时间", format="Y年n月j日 H:i", attrs=ONE_LINE
    )
    files = tables.Column("附件", attrs=NUMBER)
    state = tables.Column("状态", attrs=ONE_LINE)
    highest = tables.Column("采用", attrs=ONE_LINE, empty_values=())

    class Meta:
        order_by = ("-reported_at",)
        attrs = {"data-keys": True, "title": "信息"}

    def render_files(self, value: int) -> str:
        return str(value or "")

    def value_files(self, value: int) -> int:
        return value

    def render_state(self, value: str, record: InformationItem) -> SafeString:
        tone = TONES[InformationItem.State(record.state)]
        return render_to_string("common/parts/badge.html", {"text": value, "tone": tone})

    def value_state(self, value: str) -> str:
        return value

    def render_highest(self, value: int | None) -> str:
        return format_html("<strong>{}</strong>", Adoption.Level(value).label) if value else ""

    def value_highest(self, value: int | None) -> str:
        return str(Adoption.Level(value).label) if value else ""


class WholeInformationTable(InformationTable):
    """The same for a workbook, with the text and what became of it."""

    text = tables.Column("内容", orderable=False)
    received_by = tables.Column("接收人")
    received_at = tables.DateTimeColumn(verbose_name="接收时间")
    note = tables.Column("退回意见")
