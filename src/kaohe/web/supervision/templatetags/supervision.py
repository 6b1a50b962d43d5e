"""What the pages of inspections show of a finding."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from kaohe.web.supervision.models import Finding
from kaohe.web.supervision.queries.findings import state_of

register = template.Library()


@register.simple_tag
def finding_state(finding: Finding) -> tuple[str, str]:
    """A finding's state in words, and its tone."""
    return state_of(finding)


@register.filter
def at(values: Mapping[int, str], key: int) -> str:
    """The value of a key that the template holds in a variable."""
    return values[key]
