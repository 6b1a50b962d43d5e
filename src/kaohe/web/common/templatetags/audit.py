"""Filters of the audit pages."""

from __future__ import annotations

from datetime import datetime

from django import template

from kaohe.web.common.audit import words
from kaohe.web.common.models import AuditEntry

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    return words.moment(at)


@register.filter
def seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.1f}"


@register.filter
def did(entry: AuditEntry) -> str:
    return words.verb_label(entry.verb)


@register.filter
def kind(entry: AuditEntry) -> str:
    return words.kind_label(entry.object_type)


@register.filter
def lines(entry: AuditEntry) -> list[str]:
    """What changed, a column a line, long values cut: the whole stands on the entry's page."""
    return [line[:200] for line in words.lines_of(entry)]
