import shutil

import pytest

from tests.web.operations.running import Site


@pytest.fixture(scope="session")
def made_site(tmp_path_factory):
    """A site with one county and its administrator, made by typing. Tests take a copy of it."""
    site = Site(tmp_path_factory.mktemp("site") / "home")
    done = site.kaohe("migrate")
    assert done.returncode == 0, done.stderr
    done = site.kaohe("county", "add", "HW", "禾望县", "admin", "管理员", "--province", "示范省")
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture
def site(made_site, tmp_path):
    """A site of the test's own."""
    copy = made_site.copied(tmp_path / "home")
    yield copy
    shutil.rmtree(copy.home, ignore_errors=True)
