"""Addresses of pages with what their lists are narrowed to."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def to(page: str, *args: object, **narrowed: str) -> str:
    """`to("roster:villages", poor="True")`: the page's address, its list narrowed."""
    address = reverse(page, args=args)
    return f"{address}?{urlencode(narrowed)}" if narrowed else address
