"""The site's folder, and Django opened on it.

Settings are read once a process and make the site's key where there is none, so whoever only wants
to use a site asks first whether there is one: a mistyped folder must not become a new, empty site.
"""

from __future__ import annotations

import os
from pathlib import Path

from kaohe.web.operations.errors import OperationError
from kaohe.web.secret import FILE as SECRET_FILE

SETTINGS = "kaohe.web.settings"
DEFAULT_HOME = "kaohe-data"


def site_home() -> Path:
    """Where the site's data lies: KAOHE_HOME, else kaohe-data below the current folder."""
    return Path(os.environ.get("KAOHE_HOME") or DEFAULT_HOME).resolve()


def has_secret(home: Path) -> bool:
    return bool(os.environ.get("KAOHE_SECRET")) or (home / SECRET_FILE).is_file()


def open_site() -> Path:
    """Start Django on the site that is there, and return its folder. Raises OperationError."""
    home = site_home()
    if not has_secret(home):
        raise OperationError(
            f"{home} 里没有站点（缺少密钥文件 {SECRET_FILE}）。\n"
            "新建站点：kaohe migrate。已有站点：用环境变量 KAOHE_HOME 指明它的文件夹；"
            f"密钥文件丢失的，先从另存之处取回 {SECRET_FILE}。"
        )
    _start_django()
    return home


def make_site() -> Path:
    """Start Django on the site, which is made if it is not there: its folder and its key.

    Raises OperationError for a database whose key is gone: a new key could not read it.
    """
    home = site_home()
    if not has_secret(home) and (home / "kaohe.sqlite3").exists():
        raise OperationError(
            f"{home} 里有数据库，却没有密钥文件 {SECRET_FILE}。新的密钥读不出原来的身份证号和电话，"
            "也核对不了审计记录。请先取回原来的密钥文件。"
        )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _start_django()
    return home


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    try:
        django.setup()
    except (ValueError, OSError) as error:
        raise OperationError(f"设置有误，站点没有启动：{error}") from error
