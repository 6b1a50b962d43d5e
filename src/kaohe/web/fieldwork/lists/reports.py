"""The list of monthly reports."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.fieldwork.lists.journals import NUMBER, ONE_LINE, ServiceFilters
from kaohe.web.fieldwork.models import MonthlyReport
from kaohe.web.fieldwork.queries.reports import days_late

_TEXTS = ("progress", "problems", "emergencies")


class ReportFilters(ServiceFilters):
    """Narrow reports by words, person, place and month; or to those that came late."""

    texts = _TEXTS
    month = django_filters.CharFilter(
        label="月份", method="of_month", widget=forms.DateInput(attrs={"type": "month"})
    )
    late = django_filters.ChoiceFilter(
        label="迟报", empty_label="全部月报", choices=[("true", "只看迟报的")], method="only_late"
    )

    def of_month(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        known = rows.order_by("-month").values_list("month", flat=True).first()
        return rows if known is None else rows.filter(month=month_of(text, known))

    def only_late(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(late=True)


class ReportTable(tables.Table):
    """Reports, the latest month first."""

    month = tables.DateColumn(
        verbose_name="月份",
        format="Y年n月",
        linkify=("fieldwork:report", [tables.A("pk")]),
        attrs=ONE_LINE,
    )
    person = tables.Column("人员", order_by="person__code", attrs=ONE_LINE)
    kind = tables.Column(
        "类别",
        accessor="posting__get_kind_display",
        order_by="posting__kind",
        attrs=ONE_LINE,
    )
    village = tables.Column(
        "村",
        accessor="posting__village",
        order_by="posting__village__code",
        attrs=ONE_LINE,
    )
    progress = tables.Column("工作进展", orderable=False)
    files = tables.Column("附件", attrs=NUMBER)
    received_at = tables.Column("报送时间")

    class Meta:
        order_by = ("-month", "person")
        attrs = {"data-keys": True, "title": "月报"}

    def render_progress(self, value: str) -> str:
        return Truncator(value).chars(40)

    def render_files(self, value: int) -> str:
        return str(value or "")

    def value_files(self, value: int) -> int:
        return value

    def value_progress(self, value: str) -> str:
        return value

    def render_received_at(self, record: MonthlyReport) -> SafeString:
        context = {"row": record, "days": days_late(record)}
        return render_to_string("fieldwork/report_received.html", context)

    def value_received_at(self, value: object) -> object:
        return value


class WholeReportTable(ReportTable):
    """The same for a workbook, with all texts."""

    problems = tables.Column("重大问题")
    emergencies = tables.Column("突发事项")
    due = tables.Column("应报日期")

    class Meta(ReportTable.Meta):
        sequence = ("month", "person", "kind", "village", *_TEXTS, "files", "due", "received_at")
