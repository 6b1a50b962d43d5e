"""Many at once: the chain stays whole, nothing is lost, nobody hears that the database is locked.

On SQLite a write transaction begins with the lock (`BEGIN IMMEDIATE`), so `select_for_update`, which
SQLite does not know, is not missed; on PostgreSQL the rows themselves are locked.
"""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.web.audit import crowd


@pytest.fixture(scope="module")
def on_a_file(tmp_path_factory):
    """What came of it in a process with a database file of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.audit.crowd"],
        env={**kept, "KAOHE_HOME": str(tmp_path_factory.mktemp("crowd"))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.sqlite_only
def test_eight_who_write_at_once_leave_one_whole_chain(on_a_file):
    assert on_a_file["together"] == {"errors": [], "villages": crowd.WRITERS * crowd.WRITES}
    assert on_a_file["chain"]["faults"] == []
    assert on_a_file["chain"]["entries"] == on_a_file["chain"]["end"]


@pytest.mark.sqlite_only
def test_of_two_editors_one_is_stored_and_one_is_told_500_times(on_a_file):
    assert on_a_file["races"] == {"errors": [], "fair": crowd.RACES, "version": crowd.RACES + 1}


@pytest.mark.sqlite_only
def test_a_form_that_arrives_six_times_at_once_is_done_once(on_a_file):
    assert on_a_file["submissions"] == {"errors": [], "villages": 20, "done": 20, "led": 100}


@pytest.mark.sqlite_only
def test_fifty_people_never_find_the_database_locked(on_a_file):
    assert on_a_file["crowd"]["errors"] == []
    assert on_a_file["crowd"]["actions"] > crowd.PEOPLE


@pytest.mark.skipif(connection.vendor != "postgresql", reason="runs when DATABASE_URL names one")
@pytest.mark.django_db(transaction=True)
def test_all_of_it_on_postgresql():
    told = crowd.everything()
    assert told["together"] == {"errors": [], "villages": crowd.WRITERS * crowd.WRITES}
    assert told["races"] == {"errors": [], "fair": crowd.RACES, "version": crowd.RACES + 1}
    assert told["submissions"] == {"errors": [], "villages": 20, "done": 20, "led": 100}
    assert told["crowd"]["errors"] == []
    assert told["chain"]["faults"] == []
