"""The list of leaves."""

from __future__ import annotations

from datetime import date

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaohe.web.common.lists import SearchFilters
from kaohe.web.fieldwork.models import Leave
from kaohe.web.fieldwork.queries.leaves import overdue
from kaohe.web.roster.queries.spans import span

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TONES = {
    Leave.State.APPLIED: "warning",
    Leave.State.APPROVED: "info",
    Leave.State.REFUSED: "danger",
    Leave.State.RETURNED: "success",
}


class LeaveFilters(SearchFilters):
    """Narrow leaves by who, kind, state and days."""

    q = django_filters.CharFilter(label="查找人员、村", method="search")
    kind = django_filters.ChoiceFilter(
        label="类别", empty_label="全部类别", choices=Leave.Kind.choices
    )
    state = django_filters.ChoiceFilter(
        label="状态",
        empty_label="全部状态",
        choices=[*Leave.State.choices, ("overdue", "逾期未销假")],
        method="in_state",
    )
    since = django_filters.DateFilter(
        label="日期，从", field_name="last", lookup_expr="gte", widget=_DAY
    )
    until = django_filters.DateFilter(
        label="到", field_name="first", lookup_expr="lte", widget=_DAY
    )

    def search(self, rows: QuerySet[Leave], name: str, text: str) -> QuerySet[Leave]:
        for word in text.split()[:8]:
            rows = rows.filter(
                Q(person__name__icontains=word)
                | Q(person__initials__startswith=word.lower())
                | Q(person__code__iexact=word)
                | Q(posting__village__name__icontains=word)
                | Q(posting__village__initials__startswith=word.lower())
            )
        return rows

    def in_state(self, rows: QuerySet[Leave], name: str, state: str) -> QuerySet[Leave]:
        return overdue(rows) if state == "overdue" else rows.filter(state=state)


class LeaveTable(tables.Table):
    """Leaves, the latest first."""

    person = tables.Column(
        "人员", order_by="person__code", linkify=("fieldwork:leave", [tables.A("pk")])
    )
    village = tables.Column("村", accessor="posting__village", order_by="posting__village__code")
    kind = tables.Column("类别")
    first = tables.Column("日期")
    length = tables.Column("天数", empty_values=(), orderable=False)
    reason = tables.Column("事由")
    state = tables.Column("状态")

    class Meta:
        order_by = ("-first",)
        attrs = {"data-keys": True, "title": "请假"}

    def render_first(self, record: Leave) -> str:
        return span(record.first, record.last)

    def render_length(self, record: Leave) -> int:
        return (record.last - record.first).days + 1

    def render_state(self, record: Leave) -> SafeString:
        label, tone = state_of(record, timezone.localdate())
        return format_html('<span class="state tone-{}">{}</span>', tone, label)

    def value_state(self, record: Leave) -> str:
        return state_of(record, timezone.localdate())[0]


def state_of(leave: Leave, today: date) -> tuple[str, str]:
    """A leave's state in words, and the tone that it is shown in."""
    if leave.state == Leave.State.APPROVED and leave.last < today:
        return "逾期未销假", "danger"
    label, tone = str(leave.get_state_display()), TONES.get(Leave.State(leave.state), "")
    if leave.days_late:
        return f"{label}（晚 {leave.days_late} 天）", "warning"
    return label, tone
