"""What makes the site an app on a phone, and lets journals be written without a network.

The three public pages hold nothing of anybody; pages of persons are never kept.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from kaohe.web.common.pages import Page
from kaohe.web.fieldwork.forms.journals import OfflineJournalForm
from kaohe.web.fieldwork.phone import Kept, kept_with
from kaohe.web.fieldwork.queries.owners import owner_of

_COLOUR = "#a8201a"
_ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))


def manifest(request: HttpRequest) -> HttpResponse:
    """How the site looks as an app on a phone's screen."""
    icons = [
        {
            "src": static(f"fieldwork/offline-{'mask-' if use == 'maskable' else ''}{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": use,
        }
        for size, use in _ICONS
    ]
    shown = {
        "id": "/",
        "name": "农村工作考核",
        "short_name": "工作考核",
        "description": "签到、写日志、报月报；没有网络时日志先存在手机上。",
        "lang": "zh-CN",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f5f3",
        "theme_color": _COLOUR,
        "icons": icons,
        "shortcuts": [{"name": "写日志", "url": reverse("fieldwork:journal-write")}],
    }
    answer = JsonResponse(shown, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/manifest+json; charset=utf-8"
    return _asked_anew(answer)


def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the offline page, and opens it when the network is gone."""
    kept = _kept() if not settings.DEBUG else kept_with(_offline_page())
    config = {"version": kept.version, "page": reverse("offline"), "files": kept.addresses}
    answer = render(
        request,
        "fieldwork/offline_worker.js",
        {"config": config},
        content_type="text/javascript; charset=utf-8",
    )
    return _asked_anew(answer)


def offline(request: HttpRequest) -> HttpResponse:
    """The journal's form without a network, and what waits on this phone to be sent."""
    return _asked_anew(HttpResponse(_offline_page()))


def sending(page: Page) -> HttpResponse:
    """Who is logged in on this phone now, with a fresh token, before what waits is sent."""
    shown = {"owner": owner_of(page.actor), "name": page.actor.name, "token": get_token(page)}
    return JsonResponse(shown)


def _offline_page() -> str:
    # Without a request, so that nothing of whoever asks can come into it.
    return render_to_string("fieldwork/offline.html", {"form": OfflineJournalForm()})


@lru_cache(maxsize=1)
def _kept() -> Kept:
    return kept_with(_offline_page())


def _asked_anew(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-cache"
    return answer
