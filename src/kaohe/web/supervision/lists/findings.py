"""The list of findings."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.fieldwork.lists.journals import ONE_LINE
from kaohe.web.roster.models import Unit
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.supervision.lists.inspections import _KINDS, MonthInput, of_kind, with_words
from kaohe.web.supervision.models import Finding
from kaohe.web.supervision.queries.checklists import Indicators
from kaohe.web.supervision.queries.findings import (
    SEVERITY_TONES,
    escalated,
    overdue,
    state_of,
)

_STATES = [*Finding.State.choices, ("open", "没有销号的"), ("late", "逾期的"), ("up", "已上报的")]


class FindingFilters(SearchFilters):
    """Narrow findings by words, month, subject, severity and state."""

    q = django_filters.CharFilter(label="查找对象、村或问题", method="search")
    month = django_filters.CharFilter(label="月份", method="of_month", widget=MonthInput())
    township = django_filters.ModelChoiceFilter(
        label="乡镇",
        empty_label="全部乡镇",
        field_name="inspection__village__township",
        queryset=choices_in(units_in, kind=Unit.Kind.TOWNSHIP),
    )
    kind = django_filters.ChoiceFilter(
        label="对象", empty_label="全部对象", choices=_KINDS, method="kinds"
    )
    severity = django_filters.ChoiceFilter(
        label="程度", empty_label="全部程度", choices=Finding.Severity.choices
    )
    state = django_filters.ChoiceFilter(
        label="状态", empty_label="全部状态", choices=_STATES, method="in_state"
    )

    def search(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        return with_words(rows, text, "inspection__", also="text")

    def of_month(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        column = "inspection__plan__month"
        known = rows.order_by(f"-{column}").values_list(column, flat=True).first()
        return rows if known is None else rows.filter(**{column: month_of(text, known)})

    def kinds(self, rows: QuerySet[Any], name: str, kind: str) -> QuerySet[Any]:
        return of_kind(rows, kind, "inspection__")

    def in_state(self, rows: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        if state == "open":
            return rows.exclude(state=Finding.State.CLOSED)
        if state == "late":
            return overdue(rows, timezone.localdate())
        if state == "up":
            return escalated(rows)
        return rows.filter(state=state)


class FindingTable(tables.Table):
    """Findings, the latest first. A workbook gets the texts whole."""

    day = tables.DateColumn(
        verbose_name="检查日期", accessor="inspection__day", format="Y年n月j日", attrs=ONE_LINE
    )
    text = tables.Column("问题", orderable=False, linkify=("supervision:finding", [tables.A("pk")]))
    subject = tables.Column("检查对象", accessor="inspection__subject", orderable=False)
    kind = tables.Column("类别", accessor="inspection__kind", orderable=False, attrs=ONE_LINE)
    village = tables.Column(
        "村", accessor="inspection__village", order_by="inspection__village__code"
    )
    indicator = tables.Column("指标", order_by="indicator")
    severity = tables.Column("程度", order_by="severity", attrs=ONE_LINE)
    led_by = tables.Column("牵头", accessor="inspection__plan__led_by", orderable=False)
    due = tables.DateColumn(verbose_name="整改期限", format="Y年n月j日", attrs=ONE_LINE)
    state = tables.Column("状态", attrs=ONE_LINE)

    class Meta:
        attrs = {"data-keys": True, "title": "督查问题"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = Indicators()

    def render_text(self, value: str) -> str:
        return Truncator(value).chars(40)

    def value_text(self, value: str) -> str:
        return value

    def render_village(self, record: Finding) -> str:
        village = record.inspection.village
        return f"{village.township}{village}" if village else ""

    def render_indicator(self, record: Finding) -> str:
        return self.indicators.title(record.inspection, record.indicator)

    def render_severity(self, record: Finding) -> SafeString:
        tone = SEVERITY_TONES[Finding.Severity(record.severity)]
        label = record.get_severity_display()
        return format_html(
            '<span class="state{}">{}</span>', f" tone-{tone}" if tone else "", label
        )

    def value_severity(self, record: Finding) -> str:
        return str(record.get_severity_display())

    def render_state(self, record: Finding) -> SafeString:
        label, tone = state_of(record)
        return format_html('<span class="state tone-{}">{}</span>', tone, label)

    def value_state(self, record: Finding) -> str:
        return state_of(record)[0]


class WholeFindingTable(FindingTable):
    """The same for a workbook, with the demand."""

    demand = tables.Column("整改要求")
    notified_at = tables.Column("通知时间")
    closed_at = tables.Column("销号时间")

    class Meta(FindingTable.Meta):
        pass
