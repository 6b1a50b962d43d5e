"""kaohe restore: a backup takes the place of the site, and the site before it is kept aside."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kaohe.web.operations.backup import places
from kaohe.web.operations.errors import OperationError
from kaohe.web.operations.locks import SERVERS, WORKER, InUseError, alone
from kaohe.web.operations.site import has_secret, open_site, site_home

Report = Callable[[str, float], None]
FILES_ANEW = "files.restoring"
MOST_TOLD = 10


def restore_site(file: Path, *, replace: bool, report: Report) -> Path | None:
    """Restore a backup; returns where the replaced site is kept, None where there was none.

    Django must not have started yet. Raises OperationError, with the site as it was.
    """
    home = site_home()
    if not has_secret(home):
        raise OperationError(
            f"{home} 里没有密钥文件。备份里不含密钥："
            f"请先把原来站点的 secret.key 放到 {home}，再恢复。"
        )
    if not zipfile.is_zipfile(file):
        raise OperationError(f"{file} 不存在，或不是备份文件。")
    with _nobody_else(home), zipfile.ZipFile(file) as archive:
        own = places.sqlite_file(home)
        if own is None:
            return _on_postgresql(archive, file, home, replace, report)
        if own.exists() and not replace:
            raise OperationError(
                f"{own} 已有数据；要用备份换下它，加上 --replace。原来的会移到旁边保留。"
            )
        return _on_sqlite(archive, file, home, own, report)


def _on_sqlite(
    archive: zipfile.ZipFile, file: Path, home: Path, own: Path, report: Report
) -> Path | None:
    made = places.beside(home)
    open_site()
    from django.db import connection

    from kaohe.web.operations.backup import restore

    aside = places.kept_aside(home)
    with _files_anew(home) as files:
        try:
            manifest = restore.check(archive, file)
            restore.load_database(archive, manifest, report)
            _verify(report)
            restore.load_files(archive, manifest, files)
        except BaseException:
            connection.close()
            places.remove_sqlite(made)
            raise
        connection.close()
        places.exchange_sqlite(made, own, aside)
        places.exchange_files(files, home, aside)
    return aside if aside.exists() else None


def _on_postgresql(
    archive: zipfile.ZipFile, file: Path, home: Path, replace: bool, report: Report
) -> Path | None:
    open_site()
    from kaohe.web.operations.backup import restore

    aside = places.kept_aside(home)
    with _files_anew(home) as files:
        manifest = restore.check(archive, file)
        restore.load_files(archive, manifest, files)
        with places.emptied_schema(replace=replace) as schema:
            restore.load_database(archive, manifest, report)
            _verify(report)
        places.exchange_files(files, home, aside)
    return Path(schema) if schema else None


def _verify(report: Report) -> None:
    """The restored audit chain is whole under this site's key."""
    from kaohe.web.common.audit.verify import verify

    report("核对审计记录", 0.9)
    found = verify()
    if not found.ok:
        lines = [f"{fault.place}：{fault.text}" for fault in found.faults[:MOST_TOLD]]
        raise OperationError("\n".join(["备份里的审计记录核对不上，恢复没有完成：", *lines]))
    report("完成", 1.0)


@contextmanager
def _nobody_else(home: Path) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(alone(home / SERVERS))
            stack.enter_context(alone(home / WORKER))
        except InUseError as error:
            raise OperationError(
                "站点正在运行；请先停止 kaohe serve 和 kaohe worker，再恢复。"
            ) from error
        yield


@contextmanager
def _files_anew(home: Path) -> Iterator[Path]:
    """A folder beside that of the uploaded files, gone again unless it took its place."""
    made = home / FILES_ANEW
    shutil.rmtree(made, ignore_errors=True)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
