"""The running site in browsers: who is logged in, on which screen, and what the browser complains of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.web.conftest import BACKEND

DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
# What one look costs most is waiting; the pages of a test's own server are there at once.
PATIENCE_MS = 8_000


@dataclass
class Watched:
    """A browser's page, and what was wrong on it since it was opened or last `heard`."""

    page: Any
    host: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.complaints.append(f"asked of another host: {request.url}")

    def heard(self, *expected: str) -> list[str]:
        """The complaints so far, without those that hold an expected text; then forgets them."""
        found = [one for one in self.complaints if not any(text in one for text in expected)]
        self.complaints.clear()
        return found

    def violations(self) -> list[str]:
        """What axe finds on the page as it is now shown: all rules, best practices included."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        result = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {one['help']} — {node['html'][:160]}"
            for one in result["violations"]
            for node in one["nodes"][:3]
        ]

    def drawn(self) -> None:
        """Wait for what is drawn after the page is there: charts."""
        if self.page.locator("[data-chart]").count():
            self.page.wait_for_selector("[data-chart] canvas", state="attached")

    def too_wide(self) -> list[str]:
        """The elements that make the page scroll sideways on this screen; none when it does not."""
        return self.page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return [];
                return [...document.querySelectorAll("body *")]
                    .filter((one) => one.getBoundingClientRect().right > width + 1)
                    .slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
            }"""
        )


class Site:
    """Opens pages of the running site; each `opened` page lives in a browser context of its own."""

    def __init__(self, browser: Any, url: str) -> None:
        self._browser, self.url = browser, url
        self._contexts: list[Any] = []

    def opened(self, account: Any = None, *, phone: bool = False, dark: bool = False) -> Watched:
        """A page of a browser in which the account, if any, is logged in; nothing is loaded yet."""
        context = self._browser.new_context(
            base_url=self.url,
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            is_mobile=phone,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        self._contexts.append(context)
        if account is not None:
            context.add_cookies([self._cookie(account)])
        return Watched(context.new_page(), urlsplit(self.url).netloc)

    def at(self, account: Any, name: str, *args: object, **how: bool) -> Watched:
        """The page of that name, loaded for the account."""
        watched = self.opened(account, **how)
        watched.page.goto(reverse(name, args=args))
        return watched

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _cookie(self, account: Any) -> dict[str, str]:
        client = Client()
        client.force_login(account, backend=BACKEND)
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.url}
