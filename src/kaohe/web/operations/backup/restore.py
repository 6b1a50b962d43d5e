"""A backup becomes a site again: checked, loaded into an empty database, compared, migrated up."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from kaohe.web.operations.backup import manifest as contents
from kaohe.web.operations.backup.lines import Counted, line, read_row
from kaohe.web.operations.backup.manifest import Manifest
from kaohe.web.operations.backup.sequences import set_last_key
from kaohe.web.operations.backup.tables import Step, Table, last_steps, rows, tables
from kaohe.web.operations.errors import OperationError

Report = Callable[[str, float], None]
BATCH = 500


def check(archive: zipfile.ZipFile, place: Path) -> Manifest:
    """The manifest of a whole and fitting backup. Raises OperationError; nothing is written."""
    manifest = contents.read_manifest(archive, place)
    contents.verify(archive, manifest)
    if manifest.key != contents.key_mark():
        raise OperationError(
            f"{place} 要用另一个密钥：用现在的 secret.key 读不出其中的身份证号和电话。\n"
            "请把备份那个站点的 secret.key 放到站点文件夹后再恢复。"
        )
    known = MigrationExecutor(connection).loader.graph.nodes
    for app, name in manifest.steps:
        if (app, name) not in known:
            raise OperationError(
                f"{place} 由版本 {manifest.program} 写出，它的数据库结构（{app}.{name}）"
                "这个版本不认识。请用写出它的版本恢复。"
            )
    return manifest


def load_database(archive: zipfile.ZipFile, manifest: Manifest, report: Report) -> None:
    """Fill the empty database that Django has open. Raises OperationError for a difference."""
    steps: list[Step] = [(app, name) for app, name in manifest.steps]
    report("建立数据库结构", 0.05)
    MigrationExecutor(connection).migrate(last_steps(steps))
    found = tables(steps)
    with transaction.atomic():
        for table in found:
            table._base_manager.all().delete()
        for place, table in enumerate(found):
            report(f"恢复 {table._meta.db_table}", 0.1 + 0.6 * place / len(found))
            _load(archive, manifest, table)
        connection.check_constraints()
    report("与备份比对", 0.7)
    for table in found:
        _compare(manifest, table)
    report("更新数据库结构", 0.85)
    call_command("migrate", verbosity=0, interactive=False)


def load_files(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Unpack the uploaded files; their names were checked with the manifest."""
    folder.mkdir(mode=0o750, parents=True)
    for path in manifest.files:
        file = folder / path
        file.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with archive.open(contents.file_name(path)) as source, file.open("wb") as out:
            shutil.copyfileobj(source, out)
        file.chmod(0o640)


def _load(archive: zipfile.ZipFile, manifest: Manifest, table: Table) -> None:
    label = table._meta.label_lower
    part = manifest.tables.get(label)
    if part is None:
        return
    with archive.open(contents.table_name(label)) as source:
        while some := list(islice(source, BATCH)):
            table._base_manager.bulk_create([read_row(table, text) for text in some])
    if part.last is not None:
        set_last_key(table, part.last)


def _compare(manifest: Manifest, table: Table) -> None:
    """What the database gives back is what the backup holds."""
    label = table._meta.label_lower
    part = manifest.tables.get(label)
    counted = Counted()
    for _ in counted.through(line(row) for row in rows(table)):
        pass
    if part is not None and (counted.rows, counted.sha256) != (part.rows, part.sha256):
        raise OperationError(f"恢复后的表 {table._meta.db_table} 与备份不一致，恢复没有完成。")
