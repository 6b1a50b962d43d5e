"""kaohe serve: refuses an unsafe start, serves, and stops without breaking off an answer."""

import http.client
import socket
import sqlite3
import subprocess
import threading
from contextlib import closing

import pytest

from tests.web.operations.running import Running, Site, wait_until

pytestmark = pytest.mark.sqlite_only


def test_the_site_is_served_with_its_static_files_and_a_worker(site):
    with Running(site) as running:
        assert "登录" in running.get("/login/").decode()
        assert running.get("/alive/") == b"ok"
        page = running.get("/login/").decode()
        sheet = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
        assert len(running.get(sheet)) > 100
        wait_until(lambda: children(running.process.pid))
        workers = children(running.process.pid)
        said = running.stop()
    assert running.process.returncode == 0
    assert f"http://127.0.0.1:{running.port}/" in said
    assert said.strip().endswith("已停止。")
    assert "Traceback" not in said
    wait_until(lambda: not [pid for pid in workers if alive(pid)])


def test_an_answer_that_was_begun_is_finished_on_a_stop(site):
    complete, broken = [], []
    stopping = threading.Event()

    def ask_until_refused(port):
        while True:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                asked.connect()
            except OSError:
                return
            try:
                asked.request("GET", "/login/")
                answer = asked.getresponse()
            except OSError:
                # Not accepted any more; nothing of an answer was there.
                return
            try:
                complete.append((stopping.is_set(), answer.status, len(answer.read())))
            except (OSError, http.client.HTTPException) as error:
                broken.append(error)
            finally:
                asked.close()

    with Running(site, "--no-worker") as running:
        askers = [
            threading.Thread(target=ask_until_refused, args=(running.port,)) for _ in range(6)
        ]
        for asker in askers:
            asker.start()
        wait_until(lambda: len(complete) > 20)
        stopping.set()
        said = running.stop()
        for asker in askers:
            asker.join(60)
    assert broken == []
    assert {status for _, status, _ in complete} == {200}
    assert "已停止。" in said


def test_the_worker_ends_when_the_server_is_killed(site):
    with Running(site) as running:
        wait_until(lambda: children(running.process.pid))
        workers = children(running.process.pid)
        running.process.kill()
        running.said()
    wait_until(lambda: not [pid for pid in workers if alive(pid)])


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"KAOHE_DEBUG": "1"}, "KAOHE_DEBUG"),
        ({"KAOHE_SECRET": "ab" * 32}, "可以被猜出"),
        ({"KAOHE_SECRET": "ab"}, "不是 64 位以上的十六进制密钥"),
        ({"KAOHE_HOSTS": "*"}, "伪造站点的地址"),
    ],
    ids=["debug", "weak-secret", "short-secret", "any-host"],
)
def test_an_unsafe_start_is_refused(site, variables, said):
    refused = site.kaohe("serve", **variables)
    assert refused.returncode == 2
    assert said in refused.stderr and "Traceback" not in refused.stderr


def test_a_key_that_others_can_read_is_refused(site):
    (site.home / "secret.key").chmod(0o644)
    refused = site.kaohe("serve")
    assert refused.returncode == 2 and "chmod 600" in refused.stderr


def test_an_older_or_later_database_is_refused(site):
    with closing(sqlite3.connect(site.database)) as opened, opened:
        opened.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('roster', '0999_later', '2026-01-01')"
        )
    refused = site.kaohe("serve")
    assert refused.returncode == 2 and "更新的版本" in refused.stderr
    site.database.unlink()
    refused = site.kaohe("serve")
    assert refused.returncode == 2 and "kaohe migrate" in refused.stderr


def test_a_mistyped_folder_does_not_become_a_site(tmp_path):
    home = tmp_path / "typo"
    for command in ("serve", "worker", "doctor"):
        refused = Site(home).kaohe(command)
        assert refused.returncode == 2 and "没有站点" in refused.stderr
    assert not home.exists()


def test_a_taken_port_is_told(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = site.kaohe("serve", "--host", "127.0.0.1", "--port", port)
    assert refused.returncode == 2 and "--port" in refused.stderr


def children(pid):
    done = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in done.stdout.split()]


def alive(pid):
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return done.returncode == 0 and not done.stdout.startswith("Z")
