"""What is in a backup: the manifest, and the check of a file against it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.utils import timezone

from kaohe.web.operations.errors import OperationError

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """A table or an uploaded file. `last` is the highest key that its table ever gave."""

    sha256: str
    rows: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Manifest:
    """`key` tells whether a site's key is the one that the backup's ciphers need."""

    format: int
    program: str
    at: str
    database: str
    key: str
    steps: list[list[str]]
    tables: dict[str, Part]
    files: dict[str, Part]

    @property
    def made(self) -> str:
        return f"{timezone.localtime(datetime.fromisoformat(self.at)):%Y-%m-%d %H:%M:%S}"

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.tables.values())

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def key_mark() -> str:
    """What sites of one key have in common; it tells nothing of the key."""
    return hashlib.sha256(b"kaohe backup" + settings.AUDIT_KEY).hexdigest()[:32]


def table_name(label: str) -> str:
    return f"tables/{label}.jsonl"


def file_name(path: str) -> str:
    return f"files/{path}"


def read_manifest(archive: zipfile.ZipFile, place: object) -> Manifest:
    """Raises OperationError for a file that is no backup, or one of a later program."""
    try:
        told = json.loads(archive.read(MANIFEST))
        if told["format"] > FORMAT:
            raise OperationError(
                f"{place} 由更新的版本（{told['program']}）写出，请用那个版本恢复。"
            )
        tables = {label: Part(**part) for label, part in told.pop("tables").items()}
        files = {path: Part(**part) for path, part in told.pop("files").items()}
        return Manifest(tables=tables, files=files, **told)
    except (KeyError, ValueError, TypeError) as error:
        raise OperationError(f"{place} 不是 kaohe 的备份文件，或已损坏。") from error


def verify(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Raises OperationError unless the archive holds what the manifest says, to the last byte."""
    parts = {table_name(label): part for label, part in manifest.tables.items()}
    parts |= {file_name(path): part for path, part in manifest.files.items()}
    there = set(archive.namelist()) - {MANIFEST}
    for name in sorted(parts.keys() ^ there):
        raise OperationError(f"备份已损坏：{name} {'缺失' if name in parts else '不在清单里'}。")
    for name, part in parts.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise OperationError(f"备份里的文件名不对：{name}")
        if _sha256(archive, name) != part.sha256:
            raise OperationError(f"备份已损坏：{name} 的内容与清单不符。请用另一份备份。")


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as content:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise OperationError(f"备份已损坏：读不出 {name}。请用另一份备份。") from error
    return digest.hexdigest()
