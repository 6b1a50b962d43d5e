"""The list of people."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.roster.models import Person
from kaohe.web.roster.queries.people import SERVICES, duties_of, served
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.roster.queries.search import found


class PersonFilters(SearchFilters):
    """Search and narrow people; what they serve as and whether they do so now go together."""

    unit = django_filters.ModelChoiceFilter(
        label="单位", empty_label="全部单位", queryset=choices_in(units_in)
    )
    service = django_filters.ChoiceFilter(
        label="驻村", empty_label="全部人员", choices=SERVICES, method="as_they_are"
    )
    now = django_filters.ChoiceFilter(
        label="在任",
        empty_label="不限",
        choices=[("true", "现在驻村"), ("false", "现在不驻村")],
        method="as_they_are",
    )

    def search(self, rows: QuerySet[Person], name: str, text: str) -> QuerySet[Person]:
        return found(rows, text, "unit")

    def as_they_are(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return rows

    def filter_queryset(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        chosen = self.form.cleaned_data
        now = {"true": True, "false": False}.get(chosen.get("now") or "")
        return served(super().filter_queryset(rows), chosen.get("service") or "", now)


class PersonTable(tables.Table):
    """People with what they do today; their numbers masked, on the page and in the workbook."""

    name = tables.Column(
        "姓名", linkify=("roster:person", [tables.A("pk")]), order_by=("initials", "code")
    )
    code = tables.Column("编号")
    unit = tables.Column("单位", order_by=("unit__code", "code"), default="")
    duties = tables.Column("现任", empty_values=(), orderable=False)
    id_number = tables.Column("身份证号", accessor="masked_id_number", orderable=False, default="")
    phone = tables.Column("电话", accessor="masked_phone", orderable=False, default="")
    left = tables.Column("离开日期", default="")

    class Meta:
        order_by = ("code",)
        attrs = {"data-keys": True, "title": "人员"}

    def render_duties(self, record: Person) -> str:
        return duties_of(record)
