"""The list of projects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.lists.journals import NUMBER, ONE_LINE
from kaohe.web.fieldwork.models import Project
from kaohe.web.fieldwork.queries.projects import (
    Delay,
    Stage,
    amount_of,
    at_stage,
    delayed,
    stage_of,
    standing_of,
    villages_for,
    without_upkeep,
)
from kaohe.web.roster.models import Unit
from kaohe.web.roster.queries.reach import units_in, years_in
from kaohe.web.roster.queries.years import working_year

STAGE_TONES = {Stage.RUNNING: "info", Stage.FINISHED: "warning", Stage.ACCEPTED: "success"}


class ProjectFilters(SearchFilters):
    """Narrow projects by words, year, place, kind, stage, and what is delayed."""

    q = django_filters.CharFilter(label="查找项目、编号、村", method="search")
    year = django_filters.ModelChoiceFilter(
        label="年度", empty_label="全部年度", queryset=choices_in(years_in)
    )
    township = django_filters.ModelChoiceFilter(
        label="乡镇",
        empty_label="全部乡镇",
        field_name="village__township",
        queryset=choices_in(units_in, kind=Unit.Kind.TOWNSHIP),
    )
    village = django_filters.ModelChoiceFilter(
        label="村", empty_label="全部村", queryset=choices_in(villages_for)
    )
    reaches = django_filters.ChoiceFilter(
        label="类别", empty_label="到村和到户", choices=Project.Reach.choices
    )
    stage = django_filters.ChoiceFilter(
        label="状态", empty_label="全部状态", choices=Stage.choices, method="at_stage"
    )
    delay = django_filters.ChoiceFilter(
        label="滞后", empty_label="不限滞后", choices=Delay.choices, method="delayed"
    )
    upkeep = django_filters.ChoiceFilter(
        label="管护",
        empty_label="不限管护",
        choices=[("none", "验收后没有落实管护")],
        method="lacking_upkeep",
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        # Without a choice the list is about the year at work; an empty choice is all years.
        reach = kwargs["request"].reach
        year = working_year(reach)
        if data is not None and "year" not in data and year is not None:
            data = data.copy()
            data["year"] = str(year.pk)
        super().__init__(data, *args, **kwargs)

    def search(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        for word in text.split()[:8]:
            condition = Q(name__icontains=word) | Q(code__icontains=word)
            condition |= Q(content__icontains=word) | Q(village__name__icontains=word)
            condition |= Q(village__initials__startswith=word.lower())
            rows = rows.filter(condition)
        return rows

    def at_stage(self, rows: QuerySet[Any], name: str, stage: str) -> QuerySet[Any]:
        return at_stage(rows, stage)

    def delayed(self, rows: QuerySet[Any], name: str, what: str) -> QuerySet[Any]:
        return delayed(rows, what, timezone.localdate(), self.request.reach.county_id)

    def lacking_upkeep(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return without_upkeep(rows)


class ProjectTable(tables.Table):
    """Projects with how far they are; amounts in 万元."""

    name = tables.Column("项目", linkify=("fieldwork:project", [tables.A("pk")]))
    village = tables.Column("村", order_by=("village__township__code", "village__code"))
    reaches = tables.Column(
        "类别", accessor="get_reaches_display", order_by="reaches", attrs=ONE_LINE
    )
    percent = tables.Column("进度")
    planned = tables.Column("计划", attrs=NUMBER)
    arrived = tables.Column("到位", attrs=NUMBER)
    paid = tables.Column("支付", attrs=NUMBER)
    ends = tables.DateColumn(verbose_name="计划完工", format="Y年n月j日", attrs=ONE_LINE)
    marks = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        order_by = ("code",)
        attrs = {"data-keys": True, "title": "项目（资金单位：万元）"}

    def render_village(self, record: Project) -> str:
        return f"{record.village.township}{record.village}"

    def render_percent(self, value: int) -> SafeString:
        return render_to_string("fieldwork/project_bar.html", {"percent": value})

    def value_percent(self, value: int) -> int:
        return value

    def render_marks(self, record: Project) -> SafeString:
        standing = standing_of(record, timezone.localdate())
        context = {"standing": standing, "tone": STAGE_TONES.get(standing.stage, "")}
        return render_to_string("fieldwork/project_marks.html", context)

    def value_marks(self, record: Project) -> str:
        standing = standing_of(record, timezone.localdate())
        return "；".join([str(standing.stage.label), *(text for text, _ in standing.marks)])

    def render_reaches(self, value: str) -> str:
        return value.removesuffix("项目")

    def value_reaches(self, value: str) -> str:
        return value

    def render_planned(self, value: Decimal) -> str:
        return f"{value:.2f}"

    def value_planned(self, value: Decimal) -> Decimal:
        return value

    def render_arrived(self, value: Decimal) -> str:
        return f"{value:.2f}"

    def value_arrived(self, value: Decimal) -> Decimal:
        return amount_of(value)

    def render_paid(self, value: Decimal) -> str:
        return f"{value:.2f}"

    def value_paid(self, value: Decimal) -> Decimal:
        return amount_of(value)


class WholeProjectTable(ProjectTable):
    """The same for a workbook, with all that a list has no room for."""

    code = tables.Column("编号")
    township = tables.Column("乡镇", accessor="village__township")
    department = tables.Column("责任部门")
    content = tables.Column("建设内容")
    starts = tables.Column("计划开工")
    ends = tables.Column("计划完工")
    reported_on = tables.Column("最近填报")
    inspected_on = tables.Column("最近检查")
    accepted_on = tables.Column("验收日期")
    upkeep_by = tables.Column("管护责任人")
    upkeep = tables.Column("管护办法")

    class Meta(ProjectTable.Meta):
        sequence = (
            "code",
            "name",
            "township",
            "village",
            "reaches",
            "department",
            "content",
            "starts",
            "ends",
            "percent",
            "planned",
            "arrived",
            "paid",
            "marks",
            "...",
        )

    def value_village(self, record: Project) -> str:
        return record.village.name

    def value_accepted_on(self, value: object, record: Project) -> object:
        return value if stage_of(record) == Stage.ACCEPTED else None
