"""An import that is killed at any moment has written everything or nothing, and can be repeated."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite_only

ROOT = Path(__file__).resolve().parents[4]
TIMES = int(os.environ.get("KAOHE_KILLS", "3"))
TABLES = ("unit", "village", "person", "post", "team", "teammember", "posting", "unitattributes")


def run(home, what):
    command = [sys.executable, "-m", "tests.web.roster.imports.killed", str(home), what]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": paths}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def finished(home, what):
    process = run(home, what)
    out, _ = process.communicate(timeout=600)
    assert process.returncode == 0
    return out


def counts(home):
    with sqlite3.connect(home / "kaohe.sqlite3") as database:
        return [
            database.execute(f"SELECT count(*) FROM roster_{name}").fetchone()[0] for name in TABLES
        ]


def entries(home):
    with sqlite3.connect(home / "kaohe.sqlite3") as database:
        (written,) = database.execute(
            "SELECT count(*) FROM common_auditentry WHERE verb IN ('create', 'update')"
            " AND object_type NOT LIKE '%importbatch'"
        ).fetchone()
        (end,) = database.execute("SELECT seq FROM common_auditchain").fetchone()
        (last,) = database.execute("SELECT max(seq) FROM common_auditentry").fetchone()
    assert end == last
    return written


def verified(home):
    code = (
        "import django; django.setup()\n"
        "from kaohe.web.common.audit.verify import verify\n"
        "assert verify().ok, verify().faults"
    )
    environment = {
        **os.environ,
        "KAOHE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "kaohe.web.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    environment.pop("DATABASE_URL", None)
    return subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT).returncode == 0


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """The site before, and how many rows it has before and after, and how long it takes."""
    home = tmp_path_factory.mktemp("site")
    finished(home, "prepare")
    before = counts(home)
    whole = tmp_path_factory.mktemp("whole") / "site"
    shutil.copytree(home, whole)
    process = run(whole, "confirm")
    assert process.stdout.readline() == "begun\n"
    start = time.monotonic()
    assert process.stdout.readline() == "confirmed\n"
    seconds = time.monotonic() - start
    process.wait()
    return home, before, counts(whole), entries(whole), seconds


@pytest.mark.parametrize("number", range(TIMES))
def test_killed_at_a_random_moment(number, prepared, tmp_path):
    home, before, after, written, seconds = prepared
    site = tmp_path / "site"
    shutil.copytree(home, site)
    process = run(site, "confirm")
    assert process.stdout.readline() == "begun\n"
    time.sleep(random.Random(number).uniform(0, 1.1) * seconds)
    process.kill()
    process.wait()
    with sqlite3.connect(site / "kaohe.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert counts(site) in (before, after)
    if counts(site) == before:
        assert entries(site) < written / 10, "no entry tells of rows that are not there"
        assert finished(site, "confirm") == "begun\nconfirmed\n"
    assert counts(site) == after
    assert entries(site) == written
    assert verified(site)
