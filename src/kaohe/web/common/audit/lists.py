"""The list of entries: what narrows it, and its columns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaohe.web.common.audit.words import (
    VERBS,
    action_label,
    kind_label,
    kinds,
    moment,
    told_briefly,
    verb_label,
)
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import ACTIONS, Role


def _day(label: str, method: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=label,
        method=method,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _actions() -> list[tuple[str, str]]:
    return [(name, action.label) for name, action in ACTIONS.items() if action.writes]


class EntryFilters(django_filters.FilterSet):
    """Search and narrow a county's entries."""

    q = django_filters.CharFilter(label="操作人、对象或理由", method="search")
    since = _day("自", "from_day")
    until = _day("至", "to_day")
    action = django_filters.ChoiceFilter(label="权限", empty_label="全部权限", choices=_actions)
    verb = django_filters.ChoiceFilter(
        label="动作", empty_label="全部动作", choices=list(VERBS.items())
    )
    kind = django_filters.ChoiceFilter(
        label="对象", field_name="object_type", empty_label="全部对象", choices=kinds
    )
    role = django_filters.ChoiceFilter(
        label="角色",
        empty_label="全部角色",
        choices=[(role.label, role.label) for role in Role],
        method="with_role",
    )
    scope = django_filters.ChoiceFilter(
        label="范围",
        empty_label="本县的记录",
        choices=[("nobody", "登录前的记录")],
        method="of_scope",
    )
    # Not typed by anybody: links on an entry's page lead here.
    actor = django_filters.NumberFilter(
        label="账号", field_name="actor_id", widget=forms.HiddenInput, max_value=2**63 - 1
    )
    request = django_filters.UUIDFilter(
        label="一次操作", field_name="request_id", widget=forms.HiddenInput
    )
    object = django_filters.CharFilter(
        label="对象编号", field_name="object_id", max_length=60, widget=forms.HiddenInput
    )

    def filter_queryset(self, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Nothing at all where a filter cannot be read: never more than was asked for."""
        return queryset.none() if self.form.errors else super().filter_queryset(queryset)

    def search(self, rows: QuerySet[AuditEntry], name: str, text: str) -> QuerySet[AuditEntry]:
        for word in text.split()[:5]:
            rows = rows.filter(
                Q(actor_name__icontains=word)
                | Q(object_label__icontains=word)
                | Q(reason__icontains=word)
            )
        return rows

    def from_day(self, rows: QuerySet[AuditEntry], name: str, day: date) -> QuerySet[AuditEntry]:
        return rows.filter(at__gte=_midnight(day))

    def to_day(self, rows: QuerySet[AuditEntry], name: str, day: date) -> QuerySet[AuditEntry]:
        return rows.filter(at__lt=_midnight(day) + timedelta(days=1))

    def with_role(self, rows: QuerySet[AuditEntry], name: str, role: str) -> QuerySet[AuditEntry]:
        return rows.filter(actor_roles__contains=role)

    def of_scope(self, rows: QuerySet[AuditEntry], name: str, scope: str) -> QuerySet[AuditEntry]:
        return rows

    def in_words(self) -> str:
        """What the list is narrowed to, for an export's head and for the log."""
        parts = []
        for name, value in self.form.cleaned_data.items():
            if value not in (None, ""):
                field = self.form.fields[name]
                choices = dict(getattr(field, "choices", ()))
                parts.append(f"{field.label}：{choices.get(value, value)}")
        return "；".join(parts) or "全部"


class EntryTable(tables.Table):
    """Entries, the latest first."""

    at = tables.Column("时间", linkify=("audit:entry", [tables.A("pk")]))
    who = tables.Column("操作人", accessor="actor_name")
    did = tables.Column("动作", accessor="verb")
    what = tables.Column("对象", accessor="object_label", empty_values=())
    told = tables.Column("内容", accessor="pk")

    class Meta:
        orderable = False
        attrs = {"data-keys": True, "title": "审计记录", "class": "table audit-list"}

    def render_at(self, value: datetime) -> str:
        return moment(value)

    def render_who(self, value: str, record: AuditEntry) -> SafeString:
        return _two(value, record.actor_roles)

    def render_did(self, value: str, record: AuditEntry) -> SafeString:
        return _two(verb_label(value), action_label(record.action))

    def render_what(self, value: str, record: AuditEntry) -> SafeString:
        return _two(value or "—", kind_label(record.object_type))

    def render_told(self, record: AuditEntry) -> str:
        return told_briefly(record) or "—"


def _two(first: str, second: str) -> SafeString:
    """A text with a smaller one below it."""
    if not second:
        return format_html("<span>{}</span>", first)
    return format_html('<span>{}<span class="fact-hint">{}</span></span>', first, second)


def _midnight(day: date) -> Any:
    return timezone.make_aware(datetime.combine(day, time.min))
