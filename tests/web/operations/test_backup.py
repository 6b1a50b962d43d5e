"""A backup taken while people work is of one instant, and becomes a site again on either database."""

import json
import os
import shutil
import signal
import sqlite3
import zipfile
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from kaohe.web.operations.backup.last import last_backup
from kaohe.web.operations.backup.write import back_up
from kaohe.web.operations.errors import OperationError
from tests.web.operations.running import Site

BACKUPS = int(os.environ.get("KAOHE_BACKUPS", "4"))


def silent(label, share):
    pass


def manifest(file):
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))


def rows(home, query):
    with closing(sqlite3.connect(home / "kaohe.sqlite3")) as database:
        return database.execute(query).fetchall()


@pytest.mark.sqlite_only
def test_backups_taken_while_somebody_writes_are_each_of_one_instant(site, tmp_path):
    writer = site.started("-m", "tests.web.operations.writer", 0, 0.02)
    assert writer.stdout.readline() == b"0\n"
    files = [tmp_path / f"{number}.zip" for number in range(BACKUPS)]
    for file in files:
        done = site.kaohe("backup", file)
        assert done.returncode == 0, done.stderr
    writer.send_signal(signal.SIGTERM)
    written = [int(line) for line in writer.communicate()[0].split()]

    before = -1
    for file in files:
        home = with_key_of(site.home, tmp_path / file.stem)
        done = Site(home).kaohe("restore", file)
        assert done.returncode == 0, done.stdout + done.stderr
        villages = rows(home, "SELECT code FROM roster_village ORDER BY id")
        told = rows(
            home, "SELECT count(*) FROM common_auditentry WHERE object_type='roster.village'"
        )
        # All up to one of them and none after it, each with its audit entry.
        assert villages == [(f"V{number}",) for number in range(len(villages))]
        assert told == [(len(villages),)]
        assert before <= len(villages) <= len(written) + 1
        before = len(villages)


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_either_database_becomes_a_site_on_sqlite(cast, tmp_path):
    (settings.MEDIA_ROOT / "imports").mkdir(parents=True)
    (settings.MEDIA_ROOT / "imports" / "名册.xlsx").write_bytes(b"not a workbook")
    file = tmp_path / "backup.zip"
    back_up(file, silent)

    home = with_key_of(settings.HOME, tmp_path / "restored")
    done = Site(home).kaohe("restore", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (home / "files" / "imports" / "名册.xlsx").read_bytes() == b"not a workbook"

    again = tmp_path / "again.zip"
    assert Site(home).kaohe("backup", again).returncode == 0
    first, second = manifest(file), manifest(again)
    assert first["tables"]["roster.person"]["rows"] == 10
    assert contents(first) == contents(second)
    assert first["files"] == second["files"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a PostgreSQL to restore to")
@pytest.mark.django_db(transaction=True)
def test_a_backup_becomes_a_site_on_postgresql_and_the_replaced_one_is_kept(cast, tmp_path):
    file = tmp_path / "backup.zip"
    back_up(file, silent)
    home = with_key_of(settings.HOME, tmp_path / "restored")
    with a_new_database() as url:
        site = Site(home)
        assert site.kaohe("restore", file, DATABASE_URL=url).returncode == 0
        refused = site.kaohe("restore", file, DATABASE_URL=url)
        assert refused.returncode == 2 and "--replace" in refused.stderr
        done = site.kaohe("restore", file, "--replace", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        assert "kaohe_replaced_" in done.stdout
        again = tmp_path / "again.zip"
        assert site.kaohe("backup", again, DATABASE_URL=url).returncode == 0
        assert contents(manifest(file)) == contents(manifest(again))
        looked = site.kaohe("doctor", DATABASE_URL=url)
        assert looked.returncode == 0, looked.stdout


@pytest.mark.django_db(transaction=True)
def test_keys_to_the_site_are_left_out(client, cast, log_in, tmp_path):
    log_in(cast.office).get("/")
    file = tmp_path / "backup.zip"
    back_up(file, silent)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        people = archive.read("tables/roster.person.jsonl").decode()
    assert not [name for name in names if "session" in name or "secret" in name]
    # As in the database: encrypted.
    assert cast.zhang.phone == "19900000001" and "19900000001" not in people
    assert "k1:" in people


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_readable_by_the_sites_user_alone_and_noted(db, tmp_path):
    file = tmp_path / "backup.zip"
    back_up(file, silent)
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert last_backup(settings.HOME).file == str(file)
    with pytest.raises(OperationError, match="已经存在"):
        back_up(file, silent)
    with pytest.raises(OperationError, match="写不到"):
        back_up(tmp_path / "none" / "backup.zip", silent)


def with_key_of(source, home):
    """A new site's folder with nothing in it but another one's key."""
    home.mkdir()
    shutil.copy2(source / "secret.key", home / "secret.key")
    return home


def contents(told):
    """What a table holds; the restoring fills in permissions and the like again, to the same."""
    return {label: part["sha256"] for label, part in told["tables"].items()}


@contextmanager
def a_new_database():
    """An empty database on the server that the tests run on."""
    name = f"kaohe_restored_{os.getpid()}"
    url = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(url._replace(path=f"/{name}"))
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
