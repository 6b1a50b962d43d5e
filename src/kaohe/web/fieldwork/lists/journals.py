"""The list of journals."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.models import Journal
from kaohe.web.fieldwork.queries.journals import days_late
from kaohe.web.roster.models import Posting, Unit
from kaohe.web.roster.queries.reach import people_in, units_in, villages_in

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ONE_LINE = {"td": {"class": "text-nowrap"}}
NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
_TEXTS = ("items", "measures", "results", "comments")


class ServiceFilters(SearchFilters):
    """By whom and where: what lists of journals and of reports narrow alike."""

    texts: tuple[str, ...] = ()
    q = django_filters.CharFilter(label="查找人员或内容", method="search")
    kind = django_filters.ChoiceFilter(
        label="类别",
        empty_label="全部类别",
        field_name="posting__kind",
        choices=Posting.Kind.choices,
    )
    township = django_filters.ModelChoiceFilter(
        label="乡镇",
        empty_label="全部乡镇",
        field_name="posting__village__township",
        queryset=choices_in(units_in, kind=Unit.Kind.TOWNSHIP),
    )
    village = django_filters.ModelChoiceFilter(
        label="村",
        empty_label="全部村",
        field_name="posting__village",
        queryset=choices_in(villages_in),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = self.request.reach
        if not (reach.whole or reach.units or reach.townships):
            # One's own are all of one kind, in one's own village.
            for name in ("kind", "township", "village"):
                del self.filters[name]

    def search(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        """All words must be found, each in a text or in the person's name, initials or code."""
        for word in text.split()[:8]:
            condition = Q(person__name__icontains=word) | Q(person__code__iexact=word)
            condition |= Q(person__initials__startswith=word.lower())
            for field in self.texts:
                condition |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(condition)
        return rows


class JournalFilters(ServiceFilters):
    """Narrow journals by words, person, place and time; or to those that came late."""

    texts = _TEXTS
    since = django_filters.DateFilter(label="从", field_name="day", lookup_expr="gte", widget=_DAY)
    until = django_filters.DateFilter(label="到", field_name="day", lookup_expr="lte", widget=_DAY)
    late = django_filters.ChoiceFilter(
        label="补写", empty_label="全部日志", choices=[("true", "只看补写的")], method="only_late"
    )
    person = django_filters.ModelChoiceFilter(
        queryset=choices_in(people_in), widget=forms.HiddenInput
    )

    def only_late(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(late=True)


class JournalTable(tables.Table):
    """Journals, the latest first. A workbook gets the texts whole, each in a column."""

    day = tables.DateColumn(
        verbose_name="日期",
        format="Y年n月j日",
        linkify=("fieldwork:journal", [tables.A("pk")]),
        attrs=ONE_LINE,
    )
    person = tables.Column("人员", order_by="person__code", attrs=ONE_LINE)
    kind = tables.Column(
        "类别",
        accessor="posting__get_kind_display",
        order_by="posting__kind",
        attrs=ONE_LINE,
    )
    village = tables.Column(
        "村",
        accessor="posting__village",
        order_by="posting__village__code",
        attrs=ONE_LINE,
    )
    items = tables.Column("工作事项", orderable=False)
    photos = tables.Column("照片", attrs=NUMBER)
    received_at = tables.Column("收到时间")

    class Meta:
        order_by = ("-day", "person")
        attrs = {"data-keys": True, "title": "工作日志"}

    def render_items(self, value: str) -> str:
        return Truncator(value).chars(40)

    def render_photos(self, value: int) -> str:
        return str(value or "")

    def value_photos(self, value: int) -> int:
        return value

    def value_items(self, value: str) -> str:
        return value

    def render_received_at(self, record: Journal) -> SafeString:
        context = {"row": record, "days": days_late(record)}
        return render_to_string("fieldwork/journal_received.html", context)

    def value_received_at(self, value: object) -> object:
        return value


class WholeJournalTable(JournalTable):
    """The same for a workbook, with all texts."""

    measures = tables.Column("主要措施")
    results = tables.Column("办理结果")
    comments = tables.Column("群众评价")

    class Meta(JournalTable.Meta):
        sequence = ("day", "person", "kind", "village", *_TEXTS, "...")
