"""A site killed at any moment: what it acknowledged is there, and nothing is half there.

KAOHE_CRASHES says how many times; the reliability aim is 500.
"""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from tests.web.operations.writer import write

CRASHES = int(os.environ.get("KAOHE_CRASHES", "20"))
# Between the first write and so long after it, the blow falls.
LATEST = 0.1

pytestmark = [
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer is a fork, to start fast"),
]


def test_every_acknowledged_write_outlives_a_kill(site):
    # One process sets Django up; each writer is a copy of it, killed soon after its first write.
    done = site.python("-m", "tests.web.operations.test_crash", CRASHES, PYTHONHASHSEED="0")
    assert done.returncode == 0, done.stdout + done.stderr
    killed, acknowledged = (int(word) for word in done.stdout.split())
    assert killed == CRASHES
    with closing(sqlite3.connect(site.database)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        villages = database.execute("SELECT count(*) FROM roster_village").fetchone()[0]
        told = database.execute(
            "SELECT count(*) FROM common_auditentry WHERE object_type = 'roster.village'"
        ).fetchone()[0]
    # A write that was done and not acknowledged any more may be there: one a kill at most.
    assert acknowledged <= villages <= acknowledged + killed
    assert told == villages


def crash_again_and_again(times: int) -> None:
    from kaohe.web.operations.site import open_site

    open_site()
    from django.db import connection

    from kaohe.web.common.audit.verify import verify
    from kaohe.web.roster.actions import villages  # noqa: F401 - so that no writer loads it again
    from kaohe.web.roster.models import Village

    dice = random.Random(2016)
    acknowledged: set[int] = set()
    for place in range(times):
        connection.close()
        acknowledged |= one_crash(10_000 * place, dice.uniform(0, LATEST))
        there = {int(code[1:]) for code in Village.objects.values_list("code", flat=True)}
        assert acknowledged <= there, f"lost: {sorted(acknowledged - there)}"
        report = verify()
        assert report.ok, report.faults
    print(times, len(acknowledged))


def one_crash(first: int, after: float) -> set[int]:
    """Let a copy of this process write, and kill it; the numbers that it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write(first, lambda number: os.write(writing, f"{number}\n".encode()))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        begun = pipe.readline()
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = [begun, *pipe.readlines()]
    return {int(line) for line in lines if line.endswith(b"\n")}


if __name__ == "__main__":
    import sys

    crash_again_and_again(int(sys.argv[1]))
