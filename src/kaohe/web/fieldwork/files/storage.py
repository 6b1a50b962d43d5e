"""Files on the site's own disk."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class DurableStorage(FileSystemStorage):
    """What was stored survives a power cut: a row that is committed must not lose its file."""

    def _save(self, name: str, content: File) -> str:
        stored: str = super()._save(name, content)  # type: ignore[misc]  # not in its stubs
        file = Path(self.path(stored))
        _to_disk(file, os.O_RDWR)
        if os.name == "posix":
            # The folder's own entry too; that of a new month lies in the folder above.
            for folder in file.parents[:4]:
                _to_disk(folder, os.O_RDONLY)
        return stored


def _to_disk(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
