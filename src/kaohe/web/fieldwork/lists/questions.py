"""The list of questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kaohe.web.common.lists import SearchFilters, choices_in
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.fieldwork.lists.journals import ONE_LINE
from kaohe.web.fieldwork.models import Question
from kaohe.web.fieldwork.queries.postings import people_of
from kaohe.web.fieldwork.queries.questions import PENDING, shown_people, text_for
from kaohe.web.roster.models import Unit
from kaohe.web.roster.queries.reach import units_in

_TONES = {
    Question.State.OPEN: "warning",
    Question.State.ANSWERED: "success",
    Question.State.GONE: "info",
}


def state_of(question: Question) -> tuple[str, str]:
    """A question's state in words, and the tone that it is shown in."""
    if question.further:
        return str(question.get_outcome_display()), "warning"
    return str(question.get_state_display()), _TONES[Question.State(question.state)]


class QuestionFilters(SearchFilters):
    """Narrow questions by person, month, sort, state and township."""

    q = django_filters.CharFilter(label="查找人员", method="search")
    month = django_filters.CharFilter(
        label="月份", method="of_month", widget=forms.DateInput(attrs={"type": "month"})
    )
    sort = django_filters.ChoiceFilter(
        label="类别", empty_label="全部类别", choices=Question.Sort.choices
    )
    state = django_filters.ChoiceFilter(
        label="状态",
        empty_label="全部状态",
        choices=[("pending", "待核实和需进一步调查"), *Question.State.choices],
        method="in_state",
    )
    said = django_filters.ChoiceFilter(
        label="本人说明",
        empty_label="不论有无说明",
        choices=[("yes", "都已说明"), ("no", "还有人没说明")],
        method="explained",
    )
    township = django_filters.ModelChoiceFilter(
        label="乡镇",
        empty_label="全部乡镇",
        queryset=choices_in(units_in, kind=Unit.Kind.TOWNSHIP),
        method="in_township",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = self.request.reach
        if not (reach.whole or reach.units or reach.townships):
            for name in ("q", "township"):
                del self.filters[name]

    def search(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        for word in text.split()[:8]:
            named = Q(people__name__icontains=word) | Q(people__code__iexact=word)
            named |= Q(people__initials__startswith=word.lower())
            found = Question.objects.filter(named, county=self.request.reach.county_id)
            rows = rows.filter(pk__in=found.values("pk"))
        return rows

    def of_month(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        known = rows.order_by("-month").values_list("month", flat=True).first()
        return rows if known is None else rows.filter(month=month_of(text, known))

    def in_state(self, rows: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        return rows.filter(PENDING) if state == "pending" else rows.filter(state=state)

    def explained(self, rows: QuerySet[Any], name: str, said: str) -> QuerySet[Any]:
        silent = Question.objects.filter(concerned__explained_at__isnull=True).values("pk")
        return rows.exclude(pk__in=silent) if said == "yes" else rows.filter(pk__in=silent)

    def in_township(self, rows: QuerySet[Any], name: str, township: Unit) -> QuerySet[Any]:
        found = Question.objects.filter(concerned__posting__village__township=township)
        return rows.filter(pk__in=found.values("pk"))


class QuestionTable(tables.Table):
    """Questions, the latest month first; each reader is told what they may know."""

    month = tables.DateColumn(verbose_name="月份", format="Y年n月", attrs=ONE_LINE)
    sort = tables.Column("类别", linkify=("fieldwork:question", [tables.A("pk")]), attrs=ONE_LINE)
    seen = tables.Column("看到的情况", orderable=False)
    people = tables.Column("人员", empty_values=(), orderable=False, attrs=ONE_LINE)
    villages = tables.Column("村", empty_values=(), orderable=False, attrs=ONE_LINE)
    said = tables.Column("本人说明", empty_values=(), orderable=False, attrs=ONE_LINE)
    state = tables.Column("状态", attrs=ONE_LINE)

    class Meta:
        order_by = ("-month",)
        attrs = {"data-keys": True, "title": "情况核实"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = people_of(self.request.actor)

    def render_seen(self, record: Question) -> str:
        return text_for(record, self._own)

    def render_people(self, record: Question) -> SafeString:
        return _lines(self._people(record))

    def value_people(self, record: Question) -> str:
        return "、".join(self._people(record))

    def render_villages(self, record: Question) -> SafeString:
        return _lines(self._villages(record))

    def value_villages(self, record: Question) -> str:
        return "、".join(self._villages(record))

    def _people(self, record: Question) -> list[str]:
        return [str(one) for one in shown_people(record, self._own)]

    def _villages(self, record: Question) -> list[str]:
        villages = (one.posting.village for one in shown_people(record, self._own))
        return list(dict.fromkeys(f"{one.township}{one}" for one in villages))

    def render_said(self, record: Question) -> str:
        people = shown_people(record, self._own)
        said = sum(one.explained_at is not None for one in people)
        if len(people) == 1:
            return "已说明" if said else "未说明"
        return f"{said}/{len(people)} 人已说明"

    def render_state(self, record: Question) -> SafeString:
        label, tone = state_of(record)
        return format_html('<span class="state tone-{}">{}</span>', tone, label)

    def value_state(self, record: Question) -> str:
        return state_of(record)[0]


class WholeQuestionTable(QuestionTable):
    """The same for a workbook, with all that was said."""

    words = tables.Column("说明内容", empty_values=(), orderable=False)
    outcome = tables.Column("核实结果")
    answer = tables.Column("核实说明")
    heard = tables.Column("怎样听取本人意见")
    answered_by = tables.Column("核实人")
    answered_at = tables.Column("核实时间")

    def value_words(self, record: Question) -> str:
        people = shown_people(record, self._own)
        return "\n".join(f"{one}：{one.explanation}" for one in people if one.explanation)

    def value_answered_at(self, value: object) -> object:
        return value


def _lines(words: Sequence[str]) -> SafeString:
    """Each in a line of its own; the span keeps them together where a row is a card."""
    inner = format_html_join(mark_safe("<br>"), "{}", ((word,) for word in words))
    return format_html("<span>{}</span>", inner)
