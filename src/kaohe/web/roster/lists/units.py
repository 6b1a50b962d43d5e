"""The list of townships and departments."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from kaohe.web.common.lists import SearchFilters
from kaohe.web.roster.models import Unit
from kaohe.web.roster.queries.search import found
from kaohe.web.roster.queries.units import classes_in
from kaohe.web.roster.queries.years import working_year


class UnitFilters(SearchFilters):
    """Search and narrow units; `ranked_in` are the classes in use in the year."""

    kind = django_filters.ChoiceFilter(
        label="类别", empty_label="全部单位", choices=Unit.Kind.choices
    )
    ranked_in = django_filters.ChoiceFilter(label="排位类别", empty_label="全部类别", choices=())
    state = django_filters.ChoiceFilter(
        label="状态",
        empty_label="全部状态",
        choices=[("current", "现有"), ("ended", "已撤销")],
        method="in_state",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = self.request.reach
        classes = classes_in(reach, working_year(reach))
        self.filters["ranked_in"].extra["choices"] = [(name, name) for name in classes]

    def search(self, rows: QuerySet[Unit], name: str, text: str) -> QuerySet[Unit]:
        return found(rows, text)

    def in_state(self, rows: QuerySet[Unit], name: str, state: str) -> QuerySet[Unit]:
        return rows.filter(ended__isnull=state == "current")


class UnitTable(tables.Table):
    """Units with the class of the year."""

    name = tables.Column("单位", linkify=("roster:unit", [tables.A("pk")]))
    code = tables.Column("编号")
    kind = tables.Column("类别")
    ranked_in = tables.Column("排位类别", default="")
    village_count = tables.Column("村数", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    ended = tables.DateColumn(verbose_name="撤销日期", default="", format="Y年n月j日")

    class Meta:
        order_by = ("code",)
        attrs = {"data-keys": True, "title": "单位"}

    def render_village_count(self, value: int, record: Unit) -> int | str:
        return value if record.is_township else ""

    def value_village_count(self, value: int, record: Unit) -> int | str:
        return value if record.is_township else ""

    def value_ended(self, value: Any) -> Any:
        return value
