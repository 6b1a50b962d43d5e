"""Where a restored site comes to lie, and where what was there before is kept.

A restore is made beside the site and changes places with it only when all of it is right.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from environ import Env

from kaohe.web.operations.errors import OperationError

MADE_ANEW = "restoring.sqlite3"
FILES = "files"
SQLITE_FILES = ("", "-wal", "-shm")


def sqlite_file(home: Path) -> Path | None:
    """The site's SQLite file, there or not; None for a site on PostgreSQL."""
    url = Env().db_url("DATABASE_URL", default=f"sqlite:///{home / 'kaohe.sqlite3'}")
    if url["ENGINE"] != "django.db.backends.sqlite3":
        return None
    return Path(url["NAME"])


def kept_aside(home: Path) -> Path:
    """A new folder for what is replaced."""
    return home / f"replaced-{datetime.now():%Y%m%d-%H%M%S}"


def beside(home: Path) -> Path:
    """Point Django, which must not have started, at a new SQLite file beside the site's own."""
    made = home / MADE_ANEW
    remove_sqlite(made)
    os.environ["DATABASE_URL"] = f"sqlite:///{made}"
    return made


def exchange_sqlite(made: Path, file: Path, aside: Path) -> None:
    """Put the new file in the old one's place; the old one goes aside, with its log."""
    for suffix in SQLITE_FILES:
        old = Path(f"{file}{suffix}")
        if old.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            old.rename(aside / old.name)
    made.rename(file)
    remove_sqlite(made)


def exchange_files(made: Path, home: Path, aside: Path) -> None:
    old = home / FILES
    if old.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        old.rename(aside / FILES)
    made.rename(old)


@contextmanager
def emptied_schema(*, replace: bool) -> Iterator[str | None]:
    """An empty schema on PostgreSQL; the old one gets another name, and its own back on failure."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [schema])
        filled = cursor.fetchone()[0] > 0
    if filled and not replace:
        raise OperationError("数据库里已有数据；要用备份换下它，加上 --replace。原来的会改名保留。")
    aside = f"kaohe_replaced_{datetime.now():%Y%m%d_%H%M%S}"
    with connection.cursor() as cursor:
        if filled:
            cursor.execute(f'ALTER SCHEMA "{schema}" RENAME TO "{aside}"')
            cursor.execute(f'CREATE SCHEMA "{schema}"')
    try:
        yield aside if filled else None
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
            cursor.execute(
                f'ALTER SCHEMA "{aside}" RENAME TO "{schema}"'
                if filled
                else f'CREATE SCHEMA "{schema}"'
            )
        raise


def remove_sqlite(file: Path) -> None:
    """Remove a database with its log, as far as they are there."""
    for suffix in SQLITE_FILES:
        Path(f"{file}{suffix}").unlink(missing_ok=True)
