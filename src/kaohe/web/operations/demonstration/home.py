"""The demonstration's own folder, which nobody can mistake for a real site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kaohe.web.operations.addresses import EVERYWHERE, lan_addresses
from kaohe.web.operations.errors import OperationError
from kaohe.web.operations.locks import SERVERS, WORKER, InUseError, alone
from kaohe.web.operations.site import has_secret, make_site, site_home

DEFAULT_HOME = "kaohe-demo"
# Written before the first table, and told apart by what it says once all is there.
MARK = "demo.txt"
_COMPLETE = "complete"


def open_demo(*, reset: bool, host: str) -> tuple[Path, bool]:
    """Start Django on the demonstration's site; True when its county is there already.

    On a host that others reach it answers under this machine's addresses too.

    What was left half made is made anew. Raises OperationError for the folder of a real site.
    """
    os.environ.setdefault("KAOHE_HOME", DEFAULT_HOME)
    os.environ["KAOHE_DEMO"] = "1"
    # A database that was named for a real site stays untouched.
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("KAOHE_SECRET", None)
    reached = lan_addresses() if host in EVERYWHERE else [host]
    os.environ.setdefault("KAOHE_HOSTS", ",".join(["localhost", "127.0.0.1", "[::1]", *reached]))
    home = site_home()
    mark = home / MARK
    if not mark.exists() and (has_secret(home) or (home / "kaohe.sqlite3").exists()):
        raise OperationError(
            f"{home} 里是正式的站点，不能用来演示。请去掉 KAOHE_HOME，或指向另一个文件夹。"
        )
    there = mark.exists() and mark.read_text("utf-8") == _COMPLETE
    if mark.exists() and (reset or not there):
        _clear(home)
        there = False
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not there:
        mark.write_text("unfinished", "utf-8")
    make_site()
    return home, there


def mark_complete(home: Path) -> None:
    (home / MARK).write_text(_COMPLETE, "utf-8")


def _clear(home: Path) -> None:
    try:
        with alone(home / SERVERS), alone(home / WORKER):
            pass
    except InUseError as error:
        raise OperationError("演示站点正在运行；请先停止它，再用 --reset 重建。") from error
    for name in ("kaohe.sqlite3", "kaohe.sqlite3-wal", "kaohe.sqlite3-shm"):
        (home / name).unlink(missing_ok=True)
    for name in ("files", "cache"):
        shutil.rmtree(home / name, ignore_errors=True)
