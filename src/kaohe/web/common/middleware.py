"""Before each page: who asks, whether they may, what was sent before; after it, its headers."""

from __future__ import annotations

import hashlib
import json
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from kaohe.web.common.address import client_address
from kaohe.web.common.errors import (
    AlreadyDone,
    Conflict,
    NotPermitted,
    Refusal,
    SubmissionReused,
)
from kaohe.web.common.pages import Page, led_to
from kaohe.web.common.permissions import PAGES, PUBLIC_PAGES
from kaohe.web.common.writing import Sent, raise_if_known

GetResponse = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("kaohe.access")

_UNSEALED = frozenset(["csrfmiddlewaretoken", "submission_id", "draft_key"])
_LEAVE = frozenset(["account_logout", "mfa_activate_totp", "account_reauthenticate", "help:page"])


def headers(get_response: GetResponse) -> GetResponse:
    """What the browser must not do with our pages, and that it keeps none of a person's."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"
        )
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class ActorMiddleware:
    """Sets request.actor from the account's grants as they are now; ends idle and old sessions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page: Any = request
        page.actor = None
        user: Any = request.user
        if user.is_authenticated:
            if self._is_over(request):
                logout(request)
                messages.info(request, "您有一段时间没有操作，已自动退出，请重新登录。")
            else:
                page.actor = user.as_actor(client_address(request))
        return self.get_response(request)

    def _is_over(self, request: HttpRequest) -> bool:
        """Whether the session was left idle or is older than a working day; else it goes on."""
        now = int(time.time())
        session = request.session
        began, seen = session.setdefault("began", now), session.get("seen", 0)
        idle = bool(seen) and now - seen > settings.SESSION_IDLE_SECONDS
        if idle or now - began > settings.SESSION_COOKIE_AGE:
            return True
        # To the minute, so that reading pages does not write rows each time.
        if now - seen >= 60:
            session["seen"] = now
            UserSession.objects.create_from_request(request)
        return False


class PermissionMiddleware:
    """Lets a request through to its view when the table in permissions.py says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        try:
            return self._checked(cast(Page, request))
        except Exception as error:
            # Django shows what a view raises to process_exception, but not what is raised here.
            answer = answer_to(cast(Page, request), error)
            if answer is None:
                raise
            return answer

    def _checked(self, page: Page) -> HttpResponseBase | None:
        page.sent = None
        name = page.resolver_match.view_name if page.resolver_match else ""
        if name in PUBLIC_PAGES:
            return None
        if name not in PAGES:
            log.error("the page %r is not in the permission table and was refused", name)
            return render(page, "404.html", status=404)
        if page.actor is None:
            return _to_login(page)
        user: Any = page.user
        if name not in _LEAVE and user.lacks_second_factor():
            return redirect("mfa_activate_totp")
        page.reach = page.actor.reach(PAGES[name])
        if page.method == "POST":
            page.sent = _sent(page)
            if page.sent is not None:
                raise_if_known(page.sent, page.actor)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_to(cast(Page, request), error)


def answer_to(page: Page, error: Exception) -> HttpResponse | None:
    """The page that an error of ours is shown as; None for any other error."""
    if isinstance(error, AlreadyDone):
        return led_to(page, error.location or "/")
    if isinstance(error, NotPermitted):
        return render(page, "403.html", {"message": str(error)}, status=403)
    if isinstance(error, Refusal):
        return render(page, "common/refusal.html", {"message": error.message}, status=422)
    if isinstance(error, SubmissionReused):
        text = "同一份提交已经保存过，但内容与这次不同。请返回上一页刷新后重新填写。"
        return render(page, "409.html", {"message": text}, status=409)
    if isinstance(error, Conflict):
        return render(page, "409.html", {"message": str(error)}, status=409)
    return None


def _to_login(page: Page) -> HttpResponseBase:
    if page.htmx:
        return led_to(page, "/login/")
    target = page.get_full_path() if page.method == "GET" else "/"
    return redirect_to_login(target)


def _sent(request: HttpRequest) -> Sent | None:
    """The submission that a form carries, with a digest of all that was typed and uploaded."""
    try:
        key = uuid.UUID(request.POST.get("submission_id", ""))
    except ValueError:
        return None
    content = hashlib.sha256(request.path.encode())
    fields = {name: values for name, values in request.POST.lists() if name not in _UNSEALED}
    content.update(json.dumps(fields, ensure_ascii=False, sort_keys=True).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            content.update(f"{name}\0{file.name}\0{file.size}\0".encode())
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
    return Sent(key, content.hexdigest())
