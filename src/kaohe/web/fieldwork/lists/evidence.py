"""The list of evidence."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.models import Evidence
from kaohe.web.fieldwork.queries.evidence import distance_text, distance_to_village
from kaohe.web.fieldwork.queries.reach import evidence_in
from kaohe.web.roster.queries.reach import villages_in

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EvidenceFilters(SearchFilters):
    """Narrow evidence by who, where, what and when; or to files that stand in several places."""

    q = django_filters.CharFilter(label="查找人员、单位、文件名", method="search")
    village = django_filters.ModelChoiceFilter(
        label="村", empty_label="全部村", queryset=choices_in(villages_in)
    )
    kind = django_filters.ChoiceFilter(
        label="类型", empty_label="全部类型", choices=Evidence.Kind.choices
    )
    since = django_filters.DateFilter(
        label="收到日期，从", field_name="created_at", lookup_expr="date__gte", widget=_DAY
    )
    until = django_filters.DateFilter(
        label="到", field_name="created_at", lookup_expr="date__lte", widget=_DAY
    )
    repeated = django_filters.ChoiceFilter(
        label="重复使用",
        empty_label="全部文件",
        choices=[("true", "只看重复使用的")],
        method="several_times",
    )
    same = django_filters.NumberFilter(method="same_as", widget=forms.HiddenInput)

    def search(self, rows: QuerySet[Evidence], name: str, text: str) -> QuerySet[Evidence]:
        for word in text.split()[:8]:
            rows = rows.filter(
                Q(name__icontains=word)
                | Q(added_by__icontains=word)
                | Q(person__name__icontains=word)
                | Q(person__initials__startswith=word.lower())
                | Q(unit__name__icontains=word)
            )
        return rows

    def several_times(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(uses__gt=0)

    def same_as(self, rows: QuerySet[Evidence], name: str, pk: int) -> QuerySet[Evidence]:
        return rows.filter(
            sha256__in=evidence_in(self.request.reach).filter(pk=pk).values("sha256")
        )


_ONE_LINE = {"td": {"class": "text-nowrap"}}


class EvidenceTable(tables.Table):
    """Evidence, the newest first."""

    name = tables.Column("文件", order_by="name")
    whose = tables.Column("谁的", orderable=False, attrs=_ONE_LINE)
    village = tables.Column("村", order_by="village__code", default="", attrs=_ONE_LINE)
    added_by = tables.Column("上传人")
    created_at = tables.DateTimeColumn(verbose_name="收到时间", format="Y年n月j日 H:i")
    taken_at = tables.Column("照片自述", empty_values=(), order_by="taken_at")
    uses = tables.Column("同一文件", attrs=_ONE_LINE)

    class Meta:
        order_by = ("-created_at",)
        attrs = {"data-keys": True, "title": "佐证材料"}

    def render_name(self, record: Evidence) -> SafeString:
        return render_to_string("fieldwork/parts/evidence_name.html", {"row": record})

    def render_taken_at(self, record: Evidence) -> SafeString:
        context = {"row": record, "distance": distance_text(distance_to_village(record))}
        return render_to_string("fieldwork/parts/evidence_told.html", context)

    def render_uses(self, value: int, record: Evidence) -> str:
        if not value:
            return ""
        address = f"{reverse('fieldwork:evidence-list')}?same={record.pk}"
        return format_html('<a href="{}">另有 {} 处使用</a>', address, value)
