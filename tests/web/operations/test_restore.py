"""A restore is refused whole, with its reason, or done whole; what it replaces stays beside it."""

import shutil
import sqlite3
import zipfile
from contextlib import closing

import pytest

from tests.web.operations.running import Running, Site

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(scope="session")
def backup(made_site, tmp_path_factory):
    """A backup of the site with one county."""
    file = tmp_path_factory.mktemp("backup") / "backup.zip"
    done = made_site.kaohe("backup", file)
    assert done.returncode == 0, done.stderr
    assert "没有密钥文件 secret.key" in done.stdout
    return file


def county_names(database):
    with closing(sqlite3.connect(database)) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM roster_county")]


def rename_county(site, name):
    with closing(sqlite3.connect(site.database)) as opened, opened:
        opened.execute("UPDATE roster_county SET name = ?", [name])


def changed(backup, file, change):
    """The backup with some of its members changed: None takes a member away."""
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return file


def test_data_is_replaced_only_when_told_to_and_is_kept_beside(site, backup):
    rename_county(site, "后来的县")
    refused = site.kaohe("restore", backup)
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert county_names(site.database) == ["后来的县"]

    done = site.kaohe("restore", backup, "--replace")
    assert done.returncode == 0, done.stderr
    assert county_names(site.database) == ["禾望县"]
    [aside] = site.home.glob("replaced-*")
    assert str(aside) in done.stdout
    assert county_names(aside / "kaohe.sqlite3") == ["后来的县"]
    assert site.kaohe("doctor").returncode == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, old: old.replace(b"\xe7\xa6\xbe", b"\xe6\x9c\xaa"), "与清单不符"),
        (lambda name, old: None if name.endswith("roster.unit.jsonl") else old, "缺失"),
        (lambda name, old: None if name == "manifest.json" else old, "不是 kaohe 的备份文件"),
        (lambda name, old: b"{}" if name == "manifest.json" else old, "不是 kaohe 的备份文件"),
        (
            lambda name, old: old.replace(b'"format": 1', b'"format": 2'),
            "由更新的版本",
        ),
        (
            lambda name, old: old.replace(b'"0001_initial"', b'"0999_later"'),
            "这个版本不认识",
        ),
    ],
    ids=["content", "table", "no-manifest", "empty-manifest", "later-format", "later-structure"],
)
def test_a_damaged_backup_is_refused_and_the_site_stays(site, backup, tmp_path, change, said):
    bad = changed(backup, tmp_path / "bad.zip", change)
    refused = site.kaohe("restore", bad, "--replace")
    assert refused.returncode == 2
    assert said in refused.stderr
    assert county_names(site.database) == ["禾望县"]
    left = {path.name for path in site.home.iterdir()}
    assert not {name for name in left if "restoring" in name or "replaced" in name}


def test_what_is_no_backup_is_refused(site, tmp_path):
    (tmp_path / "notes.zip").write_text("not a zip file")
    for name in ("notes.zip", "absent.zip"):
        refused = site.kaohe("restore", tmp_path / name, "--replace")
        assert refused.returncode == 2
        assert "不是备份文件" in refused.stderr


def test_a_forged_audit_chain_is_refused(site, tmp_path):
    with closing(sqlite3.connect(site.database)) as opened, opened:
        opened.execute("UPDATE common_auditentry SET actor_name = '别人' WHERE seq = 1")
    forged = tmp_path / "forged.zip"
    assert site.kaohe("backup", forged).returncode == 0
    refused = site.kaohe("restore", forged, "--replace")
    assert refused.returncode == 2
    assert "审计记录核对不上" in refused.stderr and "第 1 条" in refused.stderr
    assert not list(site.home.glob("replaced-*"))


def test_without_its_key_a_backup_is_refused(backup, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    refused = Site(home).kaohe("restore", backup)
    assert refused.returncode == 2 and "没有密钥文件" in refused.stderr
    (home / "secret.key").write_text("0123456789abcdef" * 4)
    refused = Site(home).kaohe("restore", backup)
    assert refused.returncode == 2 and "另一个密钥" in refused.stderr


def test_a_running_site_is_not_replaced(site, backup):
    with Running(site, "--no-worker"):
        refused = site.kaohe("restore", backup, "--replace")
    assert refused.returncode == 2
    assert "正在运行" in refused.stderr


def test_a_database_whose_key_is_lost_gets_no_new_one(site):
    shutil.move(site.home / "secret.key", site.home.parent)
    refused = site.kaohe("migrate")
    assert refused.returncode == 2 and "却没有密钥文件" in refused.stderr
    assert not (site.home / "secret.key").exists()
