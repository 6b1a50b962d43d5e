"""The list of work records."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.calendar import last_of_month, month_of
from kaohe.web.fieldwork.lists.journals import NUMBER, ONE_LINE
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.records import sorts_of
from kaohe.web.fieldwork.queries.records_subjects import subject_of
from kaohe.web.roster.models import Posting, Unit
from kaohe.web.roster.queries.reach import units_in, villages_in

_KINDS = [*Unit.Kind.choices, *Posting.Kind.choices]


def _sort_choices(page: Any) -> list[tuple[str, str]]:
    return sorts_of(page.reach.county_id).choices


class RecordFilters(SearchFilters):
    """Narrow records by words, sort, whose they are, place, month and state."""

    q = django_filters.CharFilter(label="查找人员、单位、对象或内容", method="search")
    sort_of = django_filters.ChoiceFilter(
        label="种类", empty_label="全部种类", field_name="kind", choices=[]
    )
    who = django_filters.ChoiceFilter(
        label="谁的", empty_label="全部", choices=_KINDS, method="of_kind"
    )
    township = django_filters.ModelChoiceFilter(
        label="乡镇",
        empty_label="全部乡镇",
        queryset=choices_in(units_in, kind=Unit.Kind.TOWNSHIP),
        method="of_township",
    )
    village = django_filters.ModelChoiceFilter(
        label="村",
        empty_label="全部村",
        field_name="posting__village",
        queryset=choices_in(villages_in),
    )
    month = django_filters.CharFilter(
        label="月份", method="of_month", widget=forms.DateInput(attrs={"type": "month"})
    )
    state = django_filters.ChoiceFilter(
        label="状态", empty_label="全部状态", choices=WorkRecord.State.choices
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["sort_of"].extra["choices"] = _sort_choices(self.request)
        reach = self.request.reach
        if not (reach.whole or reach.units or reach.townships):
            # One's own are all of one kind; most people serve in one village.
            for name in ("who", "township"):
                del self.filters[name]
        elif not (reach.whole or reach.townships):
            del self.filters["township"]

    def search(self, rows: QuerySet[WorkRecord], name: str, text: str) -> QuerySet[WorkRecord]:
        for word in text.split()[:8]:
            condition = Q(target__icontains=word) | Q(text__icontains=word)
            for whose in ("unit", "posting__person", "posting__team", "posting__village"):
                condition |= Q(**{f"{whose}__name__icontains": word})
                condition |= Q(**{f"{whose}__initials__startswith": word.lower()})
            rows = rows.filter(condition)
        return rows

    def of_kind(self, rows: QuerySet[Any], name: str, kind: str) -> QuerySet[Any]:
        return rows.filter(Q(unit__kind=kind) | Q(posting__kind=kind))

    def of_township(self, rows: QuerySet[Any], name: str, unit: Unit) -> QuerySet[Any]:
        return rows.filter(Q(unit=unit) | Q(posting__village__township=unit))

    def of_month(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        latest = rows.order_by("-day").values_list("day", flat=True).first()
        if latest is None:
            return rows
        month = month_of(text, latest)
        return rows.filter(day__range=(month, last_of_month(month)))


class WaitingFilters(RecordFilters):
    """The same for those that wait: they are all of one state."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["state"]


class RecordTable(tables.Table):
    """Records, the latest day first."""

    day = tables.DateColumn(
        verbose_name="日期",
        format="Y年n月j日",
        linkify=("fieldwork:record", [tables.A("pk")]),
        attrs=ONE_LINE,
    )
    kind = tables.Column("种类", attrs=ONE_LINE)
    who = tables.Column("谁的", empty_values=(), orderable=False, attrs=ONE_LINE)
    village = tables.Column(
        "村",
        accessor="posting__village",
        order_by="posting__village__code",
        default="",
        attrs=ONE_LINE,
    )
    target = tables.Column("对象", default="", attrs=ONE_LINE)
    quantity = tables.Column("数量", default="", attrs=NUMBER)
    text = tables.Column("情况", orderable=False)
    files = tables.Column("佐证", attrs=NUMBER)
    state = tables.Column("状态", attrs=ONE_LINE)

    class Meta:
        order_by = ("-day", "-pk")
        attrs = {"data-keys": True, "title": "工作记录"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sorts = sorts_of(self.request.reach.county_id)

    def render_kind(self, record: WorkRecord) -> str:
        return self.sorts.name_of(record)

    def render_who(self, record: WorkRecord) -> SafeString:
        subject = subject_of(record)
        address = f"{reverse('fieldwork:records-year')}?subject={subject.code}"
        return format_html('<a href="{}">{}</a>', address, subject.name)

    def value_who(self, record: WorkRecord) -> str:
        return subject_of(record).name

    def render_quantity(self, record: WorkRecord) -> str:
        return self.sorts.amount_of(record)

    def value_quantity(self, record: WorkRecord) -> object:
        return record.quantity

    def render_text(self, value: str) -> str:
        return Truncator(value).chars(36)

    def value_text(self, value: str) -> str:
        return value

    def render_files(self, value: int) -> str:
        return str(value or "")

    def value_files(self, value: int) -> int:
        return value

    def render_state(self, record: WorkRecord) -> SafeString:
        return render_to_string("fieldwork/record_state.html", {"record": record})

    def value_state(self, record: WorkRecord) -> str:
        return record.get_state_display()


class WholeRecordTable(RecordTable):
    """The same for a workbook: texts whole, and who decided with which words."""

    unit_of = tables.Column("数量单位", empty_values=(), orderable=False)
    reported_by = tables.Column("登记人")
    reported_at = tables.DateTimeColumn(verbose_name="登记时间")
    confirmed_by = tables.Column("确认人", default="")
    confirmed_at = tables.Column("确认时间", default="")
    note = tables.Column("确认意见", default="")

    class Meta(RecordTable.Meta):
        sequence = ("day", "kind", "who", "village", "target", "quantity", "unit_of", "...")

    def render_unit_of(self, record: WorkRecord) -> str:
        return self.sorts.unit_of(record)

    def value_unit_of(self, record: WorkRecord) -> str:
        return self.sorts.unit_of(record)

    def value_reported_at(self, value: object) -> object:
        return value
