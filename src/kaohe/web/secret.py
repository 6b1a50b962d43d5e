"""One secret a site, from which each key is derived: a file beside the data, or KAOHE_SECRET."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FILE = "secret.key"
LENGTH = 32


def site_secret(home: Path) -> bytes:
    """The secret of KAOHE_SECRET (hexadecimal), else that of the site's file, made at first use.

    Whoever has the secret and the database can read ID numbers, so a backup never holds it.
    """
    given = os.environ.get("KAOHE_SECRET", "")
    return _parsed(given, "KAOHE_SECRET") if given else _from_file(home / FILE)


def derived_key(secret: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose; keys of different purposes tell nothing of each other."""
    return HKDF(hashes.SHA256(), LENGTH, salt=None, info=purpose.encode()).derive(secret)


def _from_file(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Readable by the site's own user from its first byte on; two starts at once make one file.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _parsed(file.read_text("ascii").strip(), str(file))
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(LENGTH))
        out.flush()
        os.fsync(out.fileno())
    return _parsed(file.read_text("ascii").strip(), str(file))


def _parsed(text: str, place: str) -> bytes:
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) < LENGTH:
        raise ValueError(
            f"{place} 不是 {LENGTH * 2} 位以上的十六进制密钥；请从备份中取回原来的密钥文件。"
        )
    return secret
