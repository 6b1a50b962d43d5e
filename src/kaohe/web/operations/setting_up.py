"""From nothing, or from an older version, to a site that can be served: tables and static files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

STAMP = "made-from.txt"


def set_up(say: Callable[[str], None]) -> None:
    """Bring the database and the static files to this version; what is there already stays."""
    count = pending_migrations()
    if count:
        say(f"更新数据库结构（{count} 步）")
        call_command("migrate", verbosity=0, interactive=False)
    if not static_files_fit():
        say("整理网页文件")
        collect_static_files()


def pending_migrations() -> int:
    """How many steps the database is behind this program."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def unknown_migrations() -> list[str]:
    """Steps that the database has and this program does not know: it is from a later version."""
    loader = MigrationExecutor(connection).loader
    known = {*loader.disk_migrations}
    ours = loader.migrated_apps
    applied = loader.applied_migrations
    return sorted(
        f"{app}.{name}" for app, name in applied if app in ours and (app, name) not in known
    )


def static_files_fit() -> bool:
    """Whether the collected files are those of this program."""
    if settings.DEBUG:
        return True
    stamp = Path(settings.STATIC_ROOT, STAMP)
    return stamp.is_file() and stamp.read_text("ascii") == _fingerprint()


def collect_static_files() -> None:
    """Collect, name by content, and compress what browsers load."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    Path(settings.STATIC_ROOT, STAMP).write_text(_fingerprint(), "ascii")


def _fingerprint() -> str:
    """One hash of all static files' names, sizes and times."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
