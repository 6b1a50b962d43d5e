"""How amounts and percentages are shown."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from django import template

register = template.Library()


@register.filter
def percent(value: Decimal | None) -> str:
    """Two digits, the rest cut off: 49.999 is not shown as the 50.00 that it misses."""
    if value is None:
        return "—"
    return f"{value.quantize(Decimal('0.01'), ROUND_DOWN):f}%"


@register.filter
def amount(value: Decimal | None) -> str:
    """An amount in 万元 with two digits; a dash for none."""
    return "—" if value is None else f"{value:.2f}"
