"""When the last backup of a site was made, for whoever asks whether there is one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FILE = "last-backup.json"


@dataclass(frozen=True)
class LastBackup:
    at: datetime
    file: str


def last_backup(home: Path) -> LastBackup | None:
    try:
        noted = json.loads((home / FILE).read_text("utf-8"))
        return LastBackup(datetime.fromisoformat(noted["at"]), noted["file"])
    except (OSError, ValueError, KeyError):
        return None


def note_backup(home: Path, at: datetime, file: Path) -> None:
    noted = {"at": at.isoformat(), "file": str(file)}
    (home / FILE).write_text(json.dumps(noted, ensure_ascii=False), "utf-8")
