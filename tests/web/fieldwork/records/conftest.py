"""A server's clock that stands on a Monday in May, and forms as the pages send them."""

import uuid

import pytest
from django.urls import reverse

from tests.web.fieldwork.journals.steps import set_clock


@pytest.fixture
def at(monkeypatch, settings):
    """Set the server's clock: `at("2016-05-09 20:00")`, which is where it stands until then."""
    settings.SESSION_COOKIE_AGE = 10 * 366 * 24 * 3600
    set_clock(monkeypatch, "2016-05-09 20:00")
    return lambda text: set_clock(monkeypatch, text)


@pytest.fixture
def sender(at):
    """Send a form about records: `send(client, "record-add", query, day=…)`."""

    def send(client, page, *args, query="", **fields):
        form = {"text": "讲了剪枝。", "submission_id": str(uuid.uuid4()), **fields}
        return client.post(reverse(f"fieldwork:{page}", args=args) + query, form)

    return send
