"""Files that lie on disk, a page to send some to, and rows made without one."""

import uuid
from pathlib import Path

import pytest

from kaohe.web.common import middleware
from kaohe.web.common.writing import writing
from kaohe.web.fieldwork.actions.evidence import store
from tests.web.fieldwork.evidence import trying


@pytest.fixture
def files_left(settings):
    """The files that lie on disk now."""
    root = Path(settings.MEDIA_ROOT)
    return lambda: [path for path in root.rglob("*") if path.is_file()]


@pytest.fixture
def send(settings, monkeypatch):
    """Send files to a page with nothing but the field: `send(client, file, …)`."""
    settings.ROOT_URLCONF = "tests.web.fieldwork.evidence.trying"
    pages = {**middleware.PAGES, trying.NAME: "record.report"}
    monkeypatch.setattr(middleware, "PAGES", pages)

    def send(client, *files, number=None):
        form = {"submission_id": number or str(uuid.uuid4()), "files": files}
        return client.post("/try/", form)

    return send


@pytest.fixture
def add(act):
    """Store files as an account: `add(cast.secretary, file, …, person=…)`."""

    def add(account, *files, **about):
        with writing(act(account), "record.report") as change:
            return store(change, files, **about)

    return add
