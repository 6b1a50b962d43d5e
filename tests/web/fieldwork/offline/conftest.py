"""The running site in a browser, as tests/web/browser/ has it."""

from tests.web.browser.conftest import CHROMIUM, chromium, site

__all__ = ["CHROMIUM", "chromium", "site"]
