"""A server's clock that tests set: a Monday in March until they do."""

import pytest

from tests.web.supervision.steps import set_clock


@pytest.fixture(autouse=True)
def at(monkeypatch, settings):
    settings.SESSION_COOKIE_AGE = 10 * 366 * 24 * 3600
    set_clock(monkeypatch, "2016-03-07 15:00")
    return lambda text: set_clock(monkeypatch, text)
