"""Guessing: under which name a failure is counted, and the pages for whoever guessed too often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaohe.web.common.fields import blind_index
from kaohe.web.roster.models import Account


def counted_name(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name that axes counts a failure under: one for all ways to write it.

    A name that nobody has is kept as a fingerprint only: some type their password there.
    """
    typed = str((credentials or {}).get("username") or "").strip().lower()
    if not typed or Account.objects.filter(username=typed).exists():
        return typed
    return f"?{blind_index(typed)}"[:40]


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Says how long to wait; another person behind the same address is not held up."""
    return render(request, "account/locked.html", status=429)


def too_many(request: HttpRequest) -> HttpResponse:
    """For somebody logged in whose password or second factor was asked for too often."""
    return render(request, "account/locked.html", {"own": True}, status=429)
