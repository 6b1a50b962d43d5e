"""kaohe doctor: every finding with a remedy, and a status that a script can ask for."""

import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.sqlite_only


def change(site, statement):
    with closing(sqlite3.connect(site.database)) as opened, opened:
        opened.execute(statement)


def test_a_sound_site_has_no_faults(site, tmp_path):
    done = site.kaohe("doctor", "--port", 1)
    assert done.returncode == 0, done.stdout
    assert "有误 0" in done.stdout
    assert "从没有备份过" in done.stdout
    assert site.kaohe("backup", tmp_path / "b.zip").returncode == 0
    assert "从没有备份过" not in site.kaohe("doctor").stdout


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "DELETE FROM common_auditentry WHERE seq = (SELECT max(seq) FROM common_auditentry)",
            "链尾",
        ),
        (
            "UPDATE common_auditentry SET reason = 'x' WHERE seq = (SELECT max(seq) FROM common_auditentry)",
            "校验值不对",
        ),
        ("DELETE FROM common_auditchain", "不符"),
        (
            "DELETE FROM django_migrations WHERE app = 'axes' AND name = (SELECT max(name) FROM django_migrations WHERE app = 'axes')",
            "比程序旧",
        ),
    ],
    ids=["truncated", "altered", "no-end", "older"],
)
def test_a_fault_is_told_with_its_remedy(site, statement, said):
    change(site, statement)
    done = site.kaohe("doctor")
    assert done.returncode == 1
    assert said in done.stdout and "→" in done.stdout


def test_another_key_is_noticed(site):
    done = site.kaohe("doctor", KAOHE_SECRET="0123456789abcdeffedcba9876543210" * 2)
    assert done.returncode == 1
    assert "密钥不是这个站点原来的那一个" in done.stdout
