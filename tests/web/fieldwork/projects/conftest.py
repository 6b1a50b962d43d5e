"""A server's clock that tests set: a Wednesday in June 2016 until then."""

import pytest

from tests.web.fieldwork.journals.steps import set_clock


@pytest.fixture(autouse=True)
def at(monkeypatch, settings):
    settings.SESSION_COOKIE_AGE = 10 * 366 * 24 * 3600
    set_clock(monkeypatch, "2016-06-15 10:00")
    return lambda text: set_clock(monkeypatch, text)
