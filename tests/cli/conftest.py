import pytest

from tests.cli.typed import EXAMPLE, typed


@pytest.fixture(scope="session")
def out(tmp_path_factory):
    """The example county, scored once by typing it."""
    folder = tmp_path_factory.mktemp("cli") / "结果"
    done = typed("score", "xx-county-2016", EXAMPLE, "--out", folder)
    assert done.exit_code == 0, done.stderr
    return folder
