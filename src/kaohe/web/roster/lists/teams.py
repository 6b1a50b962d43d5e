"""The list of village teams."""

from __future__ import annotations

from collections.abc import Iterable

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.roster.models import Posting, Team, TeamMember, Unit
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.roster.queries.search import found
from kaohe.web.roster.queries.teams import serving_under


class TeamFilters(SearchFilters):
    """Search and narrow teams by where they serve today and who sent them."""

    township = django_filters.ModelChoiceFilter(
        label="乡镇",
        empty_label="全部乡镇",
        queryset=choices_in(units_in, kind=Unit.Kind.TOWNSHIP),
        method="under",
    )
    department = django_filters.ModelChoiceFilter(
        label="派出单位",
        empty_label="全部部门",
        queryset=choices_in(units_in, kind=Unit.Kind.DEPARTMENT),
        method="under",
    )
    ended = django_filters.ChoiceFilter(
        label="状态",
        empty_label="全部",
        choices=[("false", "在队"), ("true", "已撤销")],
        method="by_end",
    )

    def search(self, rows: QuerySet[Team], name: str, text: str) -> QuerySet[Team]:
        return found(rows, text)

    def under(self, rows: QuerySet[Team], name: str, unit: Unit) -> QuerySet[Team]:
        return serving_under(rows, unit)

    def by_end(self, rows: QuerySet[Team], name: str, value: str) -> QuerySet[Team]:
        return rows.filter(ended__isnull=value == "false")


class TeamTable(tables.Table):
    """Teams with their leader, how many they are and where they serve today."""

    name = tables.Column(
        "工作队", linkify=("roster:team", [tables.A("pk")]), order_by=("initials", "code")
    )
    code = tables.Column("编号")
    village = tables.Column("派驻村", accessor="serving", orderable=False)
    township = tables.Column("乡镇", accessor="serving", orderable=False)
    department = tables.Column("派出单位", accessor="serving", orderable=False)
    leader = tables.Column("队长", accessor="present", orderable=False)
    members = tables.Column(
        "队员数",
        accessor="present",
        orderable=False,
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )
    ended = tables.Column("撤销日期", default="")

    class Meta:
        order_by = ("code",)
        attrs = {"data-keys": True, "title": "驻村工作队"}

    def render_village(self, value: Iterable[Posting]) -> str:
        return "、".join(row.village.name for row in value)

    def render_township(self, value: Iterable[Posting]) -> str:
        return "、".join(dict.fromkeys(row.village.township.name for row in value))

    def render_department(self, value: Iterable[Posting]) -> str:
        return "、".join(
            row.department.name if row.department is not None else "乡镇组建" for row in value
        )

    def render_leader(self, value: Iterable[TeamMember]) -> str:
        return "、".join(row.person.name for row in value if row.leader)

    def render_members(self, value: list[TeamMember]) -> int:
        return len(value)
