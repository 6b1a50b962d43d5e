"""A server's clock that tests set, and what they send."""

import uuid

import pytest
from django.urls import reverse

from tests.web.fieldwork.information.making import TEXT
from tests.web.fieldwork.journals.steps import set_clock


@pytest.fixture
def at(monkeypatch, settings):
    """Set the server's clock: `at("2016-03-07 20:00")`. A Monday evening until then."""
    settings.SESSION_COOKIE_AGE = 10 * 366 * 24 * 3600
    set_clock(monkeypatch, "2016-03-07 20:00")
    return lambda text: set_clock(monkeypatch, text)


@pytest.fixture
def post():
    """Send a form of one of the pages: `post(client, "information-edit", item.pk, title="…")`."""

    def post(client, page, *args, **fields):
        form = {"submission_id": str(uuid.uuid4()), **fields}
        return client.post(reverse(f"fieldwork:{page}", args=args), form)

    return post


@pytest.fixture
def report(post):
    """Report a text as the page does; the reporter is chosen by its code."""

    def report(client, reporter, **fields):
        form = {"kind": "item", "title": "柳林村产业见成效", "text": TEXT, **fields}
        return post(client, "information-report", reporter=reporter, **form)

    return report
