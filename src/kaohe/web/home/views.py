"""The first page and the help."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kaohe.web.common.pages import Page
from kaohe.web.home.front import front


def home(page: Page) -> HttpResponse:
    return render(page, "home/home.html", {"front": front(page.actor)})


def help_index(page: Page) -> HttpResponse:
    return render(page, "home/help.html")


def help_page(page: Page, name: str) -> HttpResponse:
    return render(page, "home/help.html", {"name": name})
