"""The list of postings."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.roster.models import Posting, Unit
from kaohe.web.roster.queries.postings import with_words, within
from kaohe.web.roster.queries.reach import units_in


class PostingFilters(SearchFilters):
    """Search and narrow postings."""

    kind = django_filters.ChoiceFilter(
        label="类别", empty_label="全部类别", choices=Posting.Kind.choices
    )
    township = django_filters.ModelChoiceFilter(
        label="乡镇",
        empty_label="全部乡镇",
        field_name="village__township",
        queryset=choices_in(units_in, kind=Unit.Kind.TOWNSHIP),
    )
    department = django_filters.ModelChoiceFilter(
        label="派出单位",
        empty_label="全部部门",
        queryset=choices_in(units_in, kind=Unit.Kind.DEPARTMENT),
    )
    state = django_filters.ChoiceFilter(
        label="时间",
        empty_label="全部",
        choices=[("now", "现在在任"), ("past", "已结束"), ("coming", "还没开始")],
        method="by_time",
    )

    def search(self, rows: QuerySet[Posting], name: str, text: str) -> QuerySet[Posting]:
        return with_words(rows, text)

    def by_time(self, rows: QuerySet[Posting], name: str, value: str) -> QuerySet[Posting]:
        return within(rows, value)


class PostingTable(tables.Table):
    """Postings, the latest first."""

    subject = tables.Column(
        "人员或工作队",
        linkify=lambda record: reverse("roster:posting", args=[record.pk]),
        order_by=("person__initials", "team__initials"),
    )
    kind = tables.Column("类别")
    village = tables.Column("派驻村", order_by="village__code")
    township = tables.Column(
        "乡镇", accessor="village__township", order_by=("village__township__code", "village__code")
    )
    department = tables.Column("派出单位", order_by="department__code", default="乡镇组建")
    start = tables.Column("开始日期")
    end = tables.Column("结束日期", default="")
    replaced = tables.Column("接替", accessor="replaces__subject", orderable=False, default="")

    class Meta:
        order_by = ("-start",)
        attrs = {"data-keys": True, "title": "派驻"}
