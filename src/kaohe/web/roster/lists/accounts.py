"""The list of accounts."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.common.permissions import Role
from kaohe.web.roster.accounts.states import State
from kaohe.web.roster.models import Account, Unit
from kaohe.web.roster.queries.reach import units_in


class AccountFilters(SearchFilters):
    """Search and narrow accounts."""

    q = django_filters.CharFilter(
        label="查找姓名、登录名",
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = django_filters.ChoiceFilter(
        label="角色",
        empty_label="全部角色",
        method="of_role",
        choices=[choice for choice in Role.choices if choice[0] != Role.COMMAND],
    )
    unit = django_filters.ModelChoiceFilter(
        label="单位",
        empty_label="全部单位",
        method="of_unit",
        queryset=choices_in(units_in),
    )
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部状态", choices=State.choices)

    def search(self, rows: QuerySet[Account], name: str, text: str) -> QuerySet[Account]:
        for word in text.split()[:8]:
            rows = rows.filter(
                Q(name__icontains=word)
                | Q(username__icontains=word)
                | Q(person__initials__startswith=word.lower())
            )
        return rows

    def of_role(self, rows: QuerySet[Account], name: str, role: str) -> QuerySet[Account]:
        return rows.filter(grants__role=role).distinct()

    def of_unit(self, rows: QuerySet[Account], name: str, unit: Unit) -> QuerySet[Account]:
        return rows.filter(Q(grants__unit=unit) | Q(person__unit=unit)).distinct()


class AccountTable(tables.Table):
    """Accounts with their roles and state."""

    name = tables.Column("姓名", linkify=("accounts:account", [tables.A("pk")]))
    username = tables.Column("登录名")
    roles = tables.Column("角色", empty_values=(), orderable=False)
    unit = tables.Column("单位", empty_values=(), orderable=False)
    state = tables.Column("状态")
    factor = tables.Column("第二步验证")
    last_login = tables.DateTimeColumn(
        verbose_name="最近登录", format="Y年n月j日 H:i", default="从未登录"
    )

    class Meta:
        order_by = ("username",)
        attrs = {"data-keys": True, "title": "账号"}

    def render_roles(self, record: Any) -> str:
        return "、".join(grant.get_role_display() for grant in record.grants.all()) or "没有角色"

    def value_roles(self, record: Any) -> str:
        return self.render_roles(record)

    def render_unit(self, record: Any) -> str:
        units = [grant.unit.name for grant in record.grants.all() if grant.unit is not None]
        if not units and record.person is not None and record.person.unit is not None:
            units = [record.person.unit.name]
        return "、".join(dict.fromkeys(units))

    def value_unit(self, record: Any) -> str:
        return self.render_unit(record)

    def render_state(self, value: str) -> SafeString:
        state = State(value)
        context = {"text": state.label, "tone": state.tone}
        return render_to_string("common/parts/badge.html", context)

    def value_state(self, value: str) -> str:
        return State(value).label

    def render_factor(self, value: bool) -> str:
        return "已设" if value else "未设"

    def value_factor(self, value: bool) -> str:
        return self.render_factor(value)
