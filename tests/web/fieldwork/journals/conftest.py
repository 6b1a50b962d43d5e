"""A server's clock that tests set."""

import pytest

from tests.web.fieldwork.journals.steps import set_clock


@pytest.fixture
def at(monkeypatch, settings):
    """Set the server's clock: `at("2016-03-07 20:00")`. A Monday evening until then."""
    # Who has logged in stays so, however far the clock is moved.
    settings.SESSION_COOKIE_AGE = 10 * 366 * 24 * 3600
    set_clock(monkeypatch, "2016-03-07 20:00")
    return lambda text: set_clock(monkeypatch, text)
