"""The list of sign-ins, and a township's month as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.calendar import days_of_month
from kaohe.web.fieldwork.models import SignIn
from kaohe.web.fieldwork.queries.attendance import MonthRow
from kaohe.web.fieldwork.queries.choosing import Choice
from kaohe.web.fieldwork.queries.closings import terms_of
from kaohe.web.fieldwork.queries.evidence import distance_text
from kaohe.web.roster.queries.reach import villages_in

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SignInFilters(SearchFilters):
    """Narrow sign-ins by who, where, when, and by what is to be looked at."""

    q = django_filters.CharFilter(label="查找人员、村", method="search")
    village = django_filters.ModelChoiceFilter(
        label="村",
        empty_label="全部村",
        field_name="posting__village",
        queryset=choices_in(villages_in),
    )
    since = django_filters.DateFilter(
        label="日期，从", field_name="day", lookup_expr="gte", widget=_DAY
    )
    until = django_filters.DateFilter(label="到", field_name="day", lookup_expr="lte", widget=_DAY)
    mark = django_filters.ChoiceFilter(
        label="标记",
        empty_label="全部签到",
        choices=[("late", "补签"), ("outside", "村外"), ("placeless", "没有位置")],
        method="marked",
    )

    def search(self, rows: QuerySet[SignIn], name: str, text: str) -> QuerySet[SignIn]:
        for word in text.split()[:8]:
            rows = rows.filter(
                Q(person__name__icontains=word)
                | Q(person__initials__startswith=word.lower())
                | Q(person__code__iexact=word)
                | Q(posting__village__name__icontains=word)
                | Q(posting__village__initials__startswith=word.lower())
            )
        return rows

    def marked(self, rows: QuerySet[SignIn], name: str, mark: str) -> QuerySet[SignIn]:
        if mark == "late":
            return rows.exclude(late_reason="")
        if mark == "placeless":
            return rows.filter(latitude__isnull=True)
        county = self.request.reach.county_id
        radius = terms_of(county, timezone.localdate()).village_radius
        return rows.filter(distance__gt=Coalesce(F("accuracy"), 0) + radius)


class SignInTable(tables.Table):
    """Sign-ins, the latest first, with all that a reader has to judge them by."""

    day = tables.DateColumn(verbose_name="日期", format="Y年n月j日")
    person = tables.Column("人员", order_by="person__code")
    village = tables.Column("村", accessor="posting__village", order_by="posting__village__code")
    kind = tables.Column("类别", accessor="posting__get_kind_display", order_by="posting__kind")
    received_at = tables.DateTimeColumn(verbose_name="收到时间", format="n月j日 H:i")
    claimed_at = tables.DateTimeColumn(verbose_name="手机时间", format="n月j日 H:i", default="")
    distance = tables.Column("距村委会", empty_values=(), order_by="distance")
    late_reason = tables.Column("补签原因", default="")
    photo = tables.Column("照片", default="", orderable=False)

    class Meta:
        order_by = ("-day", "person")
        attrs = {"data-keys": True, "title": "签到"}

    def render_photo(self) -> str:
        return "有"

    def value_photo(self) -> str:
        return "有"

    def render_distance(self, record: SignIn) -> str:
        if record.latitude is None:
            return "没有位置"
        if record.distance is None:
            return "村没有坐标"
        error = f"，误差 {distance_text(record.accuracy)}" if record.accuracy is not None else ""
        return f"{distance_text(record.distance)}{error}{self._outside(record)}"

    def _outside(self, record: SignIn) -> str:
        radius = terms_of(self.request.reach.county_id, record.day).village_radius
        return "（村外）" if record.outside(radius) else ""


MONTH_HEADS = ("乡镇", "村", "类别", "人员")
MONTH_SUMS = ("计入天数", "应驻村天数", "请假", "公务外出", "不一致", "待考勤簿")


def month_table(choice: Choice, rows: Sequence[MonthRow]) -> tuple[list[str], list[list[object]]]:
    """A month's grid as heads and lines: a person a line, a sign a day, the sums at the end."""
    days = [str(day.day) for day in days_of_month(choice.month)]
    lines: list[list[object]] = []
    for row in rows:
        village = row.service.posting.village
        signs = [cell.state.sign if cell is not None else "—" for cell in row.cells]
        sums = (row.counted, row.required, row.on_leave, row.official, row.conflicts, row.waiting)
        who = (village.township, village, row.service.posting.get_kind_display())
        lines.append([*map(str, who), str(row.service.person), *signs, *sums])
    return [*MONTH_HEADS, *days, *MONTH_SUMS], lines
