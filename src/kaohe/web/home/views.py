"""The first page and the help."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from kaohe.web.common.pages import Page
from kaohe.web.home.front import front
from kaohe.web.home.manual import ROLES, TOPICS, found, help_pages, read_page


def home(page: Page) -> HttpResponse:
    own = help_pages(ROLES[role] for role in page.actor.roles)
    return render(page, "home/home.html", {"front": front(page.actor), "own_help": own[:1]})


def help_index(page: Page) -> HttpResponse:
    own = [ROLES[role] for role in page.actor.roles]
    searched = page.GET.get("q", "").strip()[:50]
    context = {
        "own": help_pages(own),
        "topics": help_pages(TOPICS),
        "others": help_pages(name for name in ROLES.values() if name not in own),
        "searched": searched,
        "found": found(searched),
    }
    return render(page, "home/help_index.html", context)


def help_page(page: Page, name: str) -> HttpResponse:
    try:
        shown = read_page(name)
    except KeyError as error:
        raise Http404("帮助里没有这一页。") from error
    return render(page, "home/help_page.html", {"shown": shown})
