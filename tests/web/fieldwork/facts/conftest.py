"""A server's clock that tests set, work done at once, and months closed."""

from datetime import date

import pytest

from kaohe.web.fieldwork.actions.closings import close_month
from tests.web.fieldwork.journals.steps import set_clock


@pytest.fixture
def at(monkeypatch, settings):
    """Set the server's clock; it stands at 10 May 2016 until then."""
    settings.SESSION_COOKIE_AGE = 10 * 366 * 24 * 3600
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    set_clock(monkeypatch, "2016-05-10 09:00")
    return lambda text: set_clock(monkeypatch, text)


@pytest.fixture
def close(cast, act, at):
    """Close 2016's months up to that of the number: `close(3)` returns March's closing."""

    def close(until, first=1):
        for month in range(first, until + 1):
            closing = close_month(
                actor=act(cast.office),
                year_id=cast.year.pk,
                month=date(2016, month, 1),
                confirmed=True,
            )
        return closing

    return close
