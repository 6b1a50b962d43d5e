"""The page for whoever guessed too often."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Says how long to wait; another person behind the same address is not held up."""
    return render(request, "account/locked.html", status=429)
