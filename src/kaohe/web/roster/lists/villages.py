"""The list of villages."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.roster.models import Unit, Village
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.roster.queries.search import found


class VillageFilters(SearchFilters):
    """Search and narrow villages."""

    township = django_filters.ModelChoiceFilter(
        label="乡镇",
        empty_label="全部乡镇",
        queryset=choices_in(units_in, kind=Unit.Kind.TOWNSHIP),
    )
    poor = django_filters.ChoiceFilter(
        label="贫困村", empty_label="全部村", choices=[("true", "贫困村"), ("false", "非贫困村")]
    )

    def search(self, rows: QuerySet[Village], name: str, text: str) -> QuerySet[Village]:
        return found(rows, text, "township")


_NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class VillageTable(tables.Table):
    """Villages with their households of the year."""

    name = tables.Column("村", linkify=("roster:village", [tables.A("pk")]))
    code = tables.Column("编号")
    township = tables.Column("乡镇", order_by="township__code")
    poor = tables.TemplateColumn(
        "{% if record.poor %}是{% else %}否{% endif %}", verbose_name="贫困村"
    )
    exit_year = tables.Column("退出年度", default="", attrs=_NUMBER)
    households = tables.Column("总户数", default="", attrs=_NUMBER)
    people = tables.Column("总人数", default="", attrs=_NUMBER)
    poor_households = tables.Column("贫困户数", default="", attrs=_NUMBER)
    poor_people = tables.Column("贫困人数", default="", attrs=_NUMBER)

    class Meta:
        order_by = ("code",)
        attrs = {"data-keys": True, "title": "村"}
