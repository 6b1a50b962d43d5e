"""Searching by name, pinyin initials or code."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def found(rows: QuerySet[Row], text: str, *related: str) -> QuerySet[Row]:
    """Rows whose name, initials or code hold the text; also those of related rows, as `township`.

    All words must be found, each anywhere.
    """
    prefixes = ("", *(f"{name}__" for name in related))
    for word in text.split()[:8]:
        condition = Q()
        for prefix in prefixes:
            condition |= Q(**{f"{prefix}name__icontains": word})
            condition |= Q(**{f"{prefix}initials__startswith": word.lower()})
            condition |= Q(**{f"{prefix}code__iexact": word})
        rows = rows.filter(condition)
    return rows
