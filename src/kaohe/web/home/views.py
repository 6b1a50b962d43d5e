"""The first page and the help."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kaohe.web.common.pages import Page


def home(page: Page) -> HttpResponse:
    return render(page, "home/home.html")


def help_index(page: Page) -> HttpResponse:
    return render(page, "home/help.html")


def help_page(page: Page, name: str) -> HttpResponse:
    return render(page, "home/help.html", {"name": name})
