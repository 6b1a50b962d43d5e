"""Scoring needs no site: Django is loaded by the site's own commands alone."""

import subprocess
import sys

import pytest

LOADED = """
import sys
from kaohe.cli import app
from typer.testing import CliRunner
done = CliRunner().invoke(app, sys.argv[1:])
assert done.exit_code == 0, done.output
print(*(name for name in ("django", "ibis", "waitress") if name in sys.modules))
"""


@pytest.mark.parametrize(
    "words",
    [["--help"], ["serve", "--help"], ["demo", "--help"], ["schemes"], ["version"]],
    ids=" ".join,
)
def test_a_command_that_opens_no_site_loads_no_django(words):
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_scoring_loads_no_django(tmp_path):
    words = ["score", "xx-county-2016", "examples/xx-county-2016", "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "django" not in done.stdout
