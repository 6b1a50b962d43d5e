"""Addresses of pages with what their lists are narrowed to."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def to(page: str, *args: object, **narrowed: str) -> str:
    """`to("roster:villages", poor="true")`: the page's address, its list narrowed."""
    try:
        address = reverse(page, args=args)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(narrowed)}" if narrowed else address
