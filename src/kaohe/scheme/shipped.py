"""The schemes that come with the product, a folder each in ``kaohe/schemes``."""

from __future__ import annotations

import re
from pathlib import Path

_HOME = Path(__file__).resolve().parent.parent / "schemes"


def shipped_names() -> list[str]:
    return sorted(path.parent.name for path in _HOME.glob("*/scheme.yaml"))


def shipped_scheme(name: str) -> Path | None:
    """The file of a shipped scheme, or None where there is none of this name."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.\-]*", name):
        return None
    path = _HOME / name / "scheme.yaml"
    return path if path.is_file() else None
