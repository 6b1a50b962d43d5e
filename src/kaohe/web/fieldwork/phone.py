"""What a phone keeps to open the site without a network: one page, and the files it is made of."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

_LINKED = re.compile(r"""(?:href|src)="([^"#?]+)""")
_IMPORTED = re.compile(r"""^import\s(?:[^"';]*?from\s)?"(\.[^"]+)";""", re.MULTILINE)
_DRAWN = re.compile(r"""url\(["']?(?!data:|#)([^"')#?]+)""")


@dataclass(frozen=True)
class Kept:
    """The addresses of a page's files, and a version that changes when one of them does."""

    addresses: tuple[str, ...]
    version: str


def kept_with(page: str) -> Kept:
    """All static files that a page loads, with those that they load in turn."""
    digest = hashlib.sha256(page.encode())
    prefix = f"/{settings.STATIC_URL.strip('/')}/"
    waiting = [
        address.removeprefix(prefix)
        for address in dict.fromkeys(_LINKED.findall(page))
        if address.startswith(prefix)
    ]
    names: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name in names:
            continue
        names.append(name)
        content = _content(name)
        digest.update(f"\0{name}\0".encode() + content)
        waiting += _needed_by(name, content)
    return Kept(tuple(f"{prefix}{name}" for name in names), digest.hexdigest()[:16])


def _needed_by(name: str, content: bytes) -> list[str]:
    pattern = {".js": _IMPORTED, ".css": _DRAWN}.get(posixpath.splitext(name)[1])
    if pattern is None:
        return []
    folder = posixpath.dirname(name)
    found = pattern.findall(content.decode("utf-8", "replace"))
    return [posixpath.normpath(posixpath.join(folder, one)) for one in found]


def _content(name: str) -> bytes:
    """A file as it is served: one with a hash in its name lies among the collected ones only."""
    source = finders.find(name)
    if source is not None:
        return Path(source).read_bytes()
    with staticfiles_storage.open(name) as file:
        content: bytes = file.read()
    return content
