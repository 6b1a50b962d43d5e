"""Writing a backup while the site runs."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kaohe import __version__
from kaohe.web.operations.backup import manifest as contents
from kaohe.web.operations.backup.last import note_backup
from kaohe.web.operations.backup.lines import Counted, line
from kaohe.web.operations.backup.manifest import Manifest, Part
from kaohe.web.operations.backup.sequences import last_key
from kaohe.web.operations.backup.snapshot import snapshot
from kaohe.web.operations.backup.tables import Table, applied_steps, rows, tables
from kaohe.web.operations.errors import OperationError

Report = Callable[[str, float], None]


def back_up(file: Path, report: Report) -> Manifest:
    """Write a backup, read it again and check it; only then it has its name.

    Raises OperationError where the file is there already or cannot be written.
    """
    if file.exists():
        raise OperationError(f"{file} 已经存在；备份不覆盖任何文件，请换一个名字。")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        # Names of people are in it: nobody but the site's user may read it.
        handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                manifest = _fill(archive, report)
                archive.writestr(contents.MANIFEST, manifest.as_json())
            out.flush()
            os.fsync(out.fileno())
        report("核对备份", 0.9)
        with zipfile.ZipFile(unfinished) as archive:
            contents.verify(archive, contents.read_manifest(archive, unfinished))
        unfinished.rename(file)
    except OSError as error:
        raise OperationError(f"备份写不到 {file}：{error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    note_backup(settings.HOME, timezone.now(), file.resolve())
    report("完成", 1.0)
    return manifest


def _fill(archive: zipfile.ZipFile, report: Report) -> Manifest:
    with snapshot():
        at = timezone.now()
        steps = applied_steps()
        found = tables(steps)
        parts = {}
        for place, table in enumerate(found):
            label = table._meta.label_lower
            report(f"备份 {table._meta.db_table}", 0.8 * place / len(found))
            parts[label] = _write_table(archive, table)
    # Uploaded files are never changed and lie there before their row does: later is early enough.
    report("备份上传的文件", 0.8)
    files = {path: _write_file(archive, path, file) for path, file in _files()}
    return Manifest(
        format=contents.FORMAT,
        program=__version__,
        at=at.isoformat(),
        database=connection.vendor,
        key=contents.key_mark(),
        steps=[list(step) for step in steps],
        tables=parts,
        files=files,
    )


def _write_table(archive: zipfile.ZipFile, table: Table) -> Part:
    counted = Counted()
    with archive.open(contents.table_name(table._meta.label_lower), "w", force_zip64=True) as out:
        for text in counted.through(line(row) for row in rows(table)):
            out.write(text)
    return Part(counted.sha256, counted.rows, last_key(table))


def _files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(root.rglob("*")):
        if file.is_file():
            yield file.relative_to(root).as_posix(), file


def _write_file(archive: zipfile.ZipFile, path: str, file: Path) -> Part:
    digest = hashlib.sha256()
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(file.open("rb"))
        out = stack.enter_context(archive.open(contents.file_name(path), "w", force_zip64=True))
        while chunk := source.read(contents.CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return Part(digest.hexdigest())
