"""Lists: filtered, sorted and paged on a page, and the same rows as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from kaohe.web.common.actions import record_export
from kaohe.web.common.actor import Reach
from kaohe.web.common.pages import PER_PAGE, Page
from kaohe.web.common.workbooks import attachment, workbook

Row = TypeVar("Row", bound=Model)


class SearchFilters(django_filters.FilterSet):
    """A search box before a list's own filters; choices are limited by the page's reach."""

    q = django_filters.CharFilter(
        label="查找",
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、拼音首字母或编号"}),
    )

    def search(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        raise NotImplementedError


def choices_in(
    rows_in: Callable[[Reach], QuerySet[Row]], **conditions: object
) -> Callable[[Page], QuerySet[Row]]:
    """The choices of a filter: those rows that the page reaches."""

    def choices(page: Page) -> QuerySet[Row]:
        return rows_in(page.reach).filter(**conditions)

    return choices


def listing(
    page: Page,
    rows: QuerySet[Any],
    filters: type[django_filters.FilterSet],
    table: type[tables.Table],
    template: str,
    **context: object,
) -> HttpResponse:
    """A list's page; htmx takes the list out of it when a filter changes."""
    paginate = {"per_page": PER_PAGE, "silent": True}
    shown, chosen = _narrowed(page, rows, filters, table, paginate)
    return render(page, template, {"filter": shown, "table": chosen, **context})


def exported(
    page: Page,
    rows: QuerySet[Any],
    filters: type[django_filters.FilterSet],
    table: type[tables.Table],
    name: str,
) -> HttpResponse:
    """The rows that the list shows, all pages of it, as a workbook; the export is audited."""
    _, chosen = _narrowed(page, rows, filters, table, paginate=False)
    heads, *lines = chosen.as_values()
    record_export(actor=page.actor, what=name, rows=len(lines), filters=page.GET.urlencode())
    return attachment(workbook(name, heads, lines), f"{name}.xlsx")


def _narrowed(
    page: Page,
    rows: QuerySet[Any],
    filters: type[django_filters.FilterSet],
    table: type[tables.Table],
    paginate: dict[str, Any] | bool,
) -> tuple[django_filters.FilterSet, tables.Table]:
    """The filters and the table as the address asks; an export takes what the page shows."""
    shown = filters(page.GET, queryset=rows, request=page)
    chosen = table(shown.qs, request=page)
    tables.RequestConfig(page, paginate=paginate).configure(chosen)
    return shown, chosen
