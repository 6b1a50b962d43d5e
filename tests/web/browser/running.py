"""A real browser on a real server: Debian's chromium by Playwright, the policy for scripts really on.

One browser for all tests, a context of its own for each. A test that needs `site` gets the pages
watched: what the console complains about, what the policy forbids, what is asked of another host.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

# Playwright runs an event loop in the tests' thread, and Django takes its queries for careless ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
PICTURES = Path(__file__).with_name("screenshots")


def mark(items: list[pytest.Item]) -> None:
    """Mark the tests that need the browser, and leave them out where there is none."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no chromium on this machine"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(chromium, live_server, settings):
    """The running site as somebody's browser sees it; see Site."""
    from tests.web.browser.site import Site

    settings.ALLOWED_HOSTS = ["*"]
    opened = Site(chromium, live_server.url)
    yield opened
    opened.close()
