"""A site of its own in a folder, run by typing: `Site(home).kaohe("doctor")`."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# A machine with much else to do is slow, and not wrong.
PATIENCE = 600


@dataclass(frozen=True)
class Site:
    """A site's folder; commands run in a process of their own, on SQLite unless told otherwise."""

    home: Path

    def environment(self, **changed: str | None) -> dict[str, str]:
        """The variables of a command; None takes one away."""
        wanted: dict[str, str | None] = {
            **os.environ,
            "KAOHE_HOME": str(self.home),
            "KAOHE_SECOND_FACTOR": None,
            "DATABASE_URL": None,
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "200",
            **changed,
        }
        return {name: value for name, value in wanted.items() if value is not None}

    def kaohe(self, *words: object, **changed: str | None) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "kaohe.cli", *words, **changed)

    def python(self, *words: object, **changed: str | None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *(str(word) for word in words)],
            env=self.environment(**changed),
            cwd=self.home.parent,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )

    def started(self, *words: object, **changed: str | None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *(str(word) for word in words)],
            env=self.environment(**changed),
            cwd=self.home.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def copied(self, to: Path) -> Site:
        shutil.copytree(self.home, to)
        return Site(to)

    @property
    def database(self) -> Path:
        return self.home / "kaohe.sqlite3"


class Running:
    """`kaohe serve` of a site on a free port, until the block ends."""

    def __init__(self, site: Site, *options: object, **changed: str | None) -> None:
        self.port = free_port()
        where = ["--host", "127.0.0.1", "--port", self.port]
        self.process = site.started("-m", "kaohe.cli", "serve", *where, *options, **changed)
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Running:
        wait_until(self._answers)
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.said()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def stop(self) -> str:
        """Stop it as a service manager does, and return all that it said."""
        self.process.send_signal(signal.SIGTERM)
        return self.said()

    def said(self) -> str:
        out, _ = self.process.communicate(timeout=PATIENCE)
        return out.decode("utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
