"""The web's tests: a site of its own in a temporary folder, two counties, and a fixed cast of people.

They run on SQLite, and again on PostgreSQL when DATABASE_URL names one.
"""

import os
import shutil
import tempfile
from pathlib import Path

# Before Django reads its settings. Ten workers make ten homes.
HOME = tempfile.mkdtemp(prefix="kaohe-tests-")
os.environ["KAOHE_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaohe.web.settings")
os.environ.setdefault("KAOHE_SECOND_FACTOR", "optional")

import django.conf  # noqa: E402
import pytest  # noqa: E402

from tests.web.browser import running  # noqa: E402
from tests.web.browser.running import chromium, site  # noqa: E402

__all__ = ["chromium", "site"]

django.setup()
if (database := django.conf.settings.DATABASES["default"])["ENGINE"].endswith("sqlite3"):
    # A file, as a site has one. All threads of a live server would share one connection to a
    # database in memory, and two requests at once one transaction.
    database["TEST"]["NAME"] = str(Path(HOME, "test.sqlite3"))
# Pages are served without collected files, but the folder for them is looked for.
Path(HOME, "static").mkdir()

BACKEND = "kaohe.web.roster.accounts.backends.PasswordBackend"
PASSWORD = "correct-horse-42"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    """Each process of a shared run makes a home of its own, and does not take over this one's."""
    for name in ("KAOHE_HOME", "DJANGO_SETTINGS_MODULE"):
        os.environ.pop(name, None)


def pytest_collection_modifyitems(config, items):
    running.mark(items)
    if os.environ.get("KAOHE_CASES") == "first":
        _leave_out_further_cases(config, items)


def _leave_out_further_cases(config, items):
    """Keep the first case of each test: the others vary what is typed, not what is stored."""
    seen, kept, left = set(), [], []
    for item in items:
        test = (item.path, getattr(item, "originalname", item.name))
        further = test in seen and item.get_closest_marker("every_case") is None
        (left if further else kept).append(item)
        seen.add(test)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_sessionfinish():
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def _a_site_for_tests(settings, tmp_path):
    """Cheap passwords, files of each test's own, and static files without a collected manifest."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def watch(monkeypatch):
    """Whatever an action or a page stores, it tells the audit log; see audit/watching.py."""
    from tests.web.audit.watching import Watch

    watch = Watch()
    with watch.start(monkeypatch):
        yield watch
    assert watch.faults == []


@pytest.fixture
def cast(db):
    """Two counties with a few people each; see tests/web/cast.py for who they are."""
    from tests.web.cast import make_cast

    return make_cast()


@pytest.fixture
def log_in(client):
    """Log an account in and give the client back: `log_in(cast.office)`."""

    def log_in(account):
        client.force_login(account, backend=BACKEND)
        return client

    return log_in


@pytest.fixture
def act():
    """An account as an actor: `act(cast.office)`."""
    return lambda account: account.as_actor("127.0.0.1")
