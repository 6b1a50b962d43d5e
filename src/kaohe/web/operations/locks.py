"""Who uses a site at the moment: servers share it, the worker is one, a restore wants it alone.

The locks are SQLite's on files of their own: every system has them and a killed process holds none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

SERVERS = "serve.lock"
WORKER = "worker.lock"


class InUseError(Exception):
    """Somebody else holds the lock."""


@contextmanager
def shared(file: Path) -> Iterator[None]:
    """Hold the lock together with others. Raises InUseError while somebody has it alone."""
    with _held(file, "BEGIN", "SELECT count(*) FROM sqlite_master"):
        yield


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Hold the lock alone. Raises InUseError while anybody has it."""
    with _held(file, "BEGIN EXCLUSIVE"):
        yield


@contextmanager
def _held(file: Path, *statements: str) -> Iterator[None]:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        try:
            for statement in statements:
                lock.execute(statement).fetchall()
        except sqlite3.OperationalError as error:
            raise InUseError(str(file)) from error
        yield
