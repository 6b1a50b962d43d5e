"""The list of inspections."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.fieldwork.lists.journals import NUMBER, ONE_LINE
from kaohe.web.roster.models import Posting, Unit
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.supervision.models import Inspection, InspectionPlan
from kaohe.web.supervision.queries.reach import plans_in

_KINDS = [*Unit.Kind.choices, *Posting.Kind.choices]
_NOBODY = [("", "—")]


def of_kind(rows: QuerySet[Any], kind: str, before: str = "") -> QuerySet[Any]:
    """Those about units, or postings, of a kind."""
    way = "unit__kind" if kind in Unit.Kind.values else "posting__kind"
    return rows.filter(**{f"{before}{way}": kind})


def with_words(rows: QuerySet[Any], text: str, before: str = "", also: str = "") -> QuerySet[Any]:
    """Those about somebody, or some place, of whose name all words are a part."""
    for word in text.split()[:8]:
        condition = Q(**{f"{also}__icontains": word}) if also else Q()
        for way in ("unit", "posting__person", "posting__team", "village", "village__township"):
            condition |= Q(**{f"{before}{way}__name__icontains": word})
            condition |= Q(**{f"{before}{way}__initials__startswith": word.lower()})
        rows = rows.filter(condition)
    return rows


class MonthInput(forms.DateInput):
    """A month, by the browser's own choice of one."""

    def __init__(self) -> None:
        super().__init__({"type": "month"})


class InspectionFilters(SearchFilters):
    """Narrow inspections by subject, month, sort, lead and state."""

    q = django_filters.CharFilter(label="查找对象、村、乡镇", method="search")
    month = django_filters.CharFilter(label="月份", method="of_month", widget=MonthInput())
    code = django_filters.ChoiceFilter(
        label="督查", empty_label="全部督查", field_name="plan__code", choices=_NOBODY
    )
    lead = django_filters.ModelChoiceFilter(
        label="牵头单位",
        empty_label="全部牵头单位",
        field_name="plan__lead",
        queryset=choices_in(units_in),
    )
    kind = django_filters.ChoiceFilter(
        label="对象", empty_label="全部对象", choices=_KINDS, method="kinds"
    )
    state = django_filters.ChoiceFilter(
        label="状态", empty_label="全部状态", choices=Inspection.State.choices
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = self.request.reach
        plans = InspectionPlan.objects.filter(year__county=reach.county_id)
        names = dict(plans.order_by("month").values_list("code", "name"))
        self.filters["code"].extra["choices"] = list(names.items())
        if not reach.whole:
            del self.filters["lead"]
            if not plans_in(reach).exists():
                del self.filters["state"]

    def search(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        return with_words(rows, text)

    def of_month(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        known = rows.order_by("-plan__month").values_list("plan__month", flat=True).first()
        return rows if known is None else rows.filter(plan__month=month_of(text, known))

    def kinds(self, rows: QuerySet[Any], name: str, kind: str) -> QuerySet[Any]:
        return of_kind(rows, kind)


class InspectionTable(tables.Table):
    """Inspections, the latest month first."""

    month = tables.DateColumn(
        verbose_name="月份", accessor="plan__month", format="Y年n月", attrs=ONE_LINE
    )
    subject = tables.Column(
        "检查对象", orderable=False, linkify=("supervision:inspection", [tables.A("pk")])
    )
    kind = tables.Column("类别", orderable=False, attrs=ONE_LINE)
    village = tables.Column("村", order_by="village__code")
    plan = tables.Column("督查", accessor="plan__name", order_by="plan__code")
    led_by = tables.Column("牵头", accessor="plan__led_by", orderable=False)
    day = tables.DateColumn(verbose_name="检查日期", format="Y年n月j日", attrs=ONE_LINE)
    inspectors = tables.Column("检查人员", orderable=False)
    found = tables.Column("问题", attrs=NUMBER)
    state = tables.Column("状态", attrs=ONE_LINE)

    class Meta:
        attrs = {"data-keys": True, "title": "督查"}

    def render_village(self, record: Inspection) -> str:
        return f"{record.village.township}{record.village}" if record.village else ""

    def render_found(self, value: int) -> str:
        return str(value or "")

    def value_found(self, value: int) -> int:
        return value

    def render_state(self, record: Inspection) -> SafeString:
        tone = "success" if record.state == Inspection.State.DONE else "warning"
        label = record.get_state_display()
        return format_html('<span class="state tone-{}">{}</span>', tone, label)

    def value_state(self, record: Inspection) -> str:
        return str(record.get_state_display())

    def value_month(self, value: Any) -> str:
        return date_format(value, "YEAR_MONTH_FORMAT")
