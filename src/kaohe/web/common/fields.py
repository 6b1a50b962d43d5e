"""Personal data: encrypted in the column, found again by a keyed index, masked when shown."""

from __future__ import annotations

import base64
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_NONCE = 12
_MARK = "k1:"


def encrypt(text: str) -> str:
    """AES-256-GCM under the site's key; the same text gives another cipher each time."""
    return _MARK + base64.b64encode(encrypt_bytes(text.encode())).decode("ascii")


def decrypt(stored: str) -> str:
    """The text again. Raises ValueError when the key is another or the row was tampered with."""
    return decrypt_bytes(base64.b64decode(stored.removeprefix(_MARK))).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """The same for a file's content."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(settings.PERSONAL_DATA_KEY).encrypt(nonce, content, None)


def decrypt_bytes(stored: bytes) -> bytes:
    """A file's content again. Raises ValueError as `decrypt` does."""
    try:
        return AESGCM(settings.PERSONAL_DATA_KEY).decrypt(stored[:_NONCE], stored[_NONCE:], None)
    except InvalidTag as error:
        raise ValueError("个人信息无法解密：密钥文件不是当初的那一个，或数据被改动过。") from error


def blind_index(text: str) -> str | None:
    """What equal texts have in common and nothing else; empty texts have none."""
    if not text:
        return None
    return hmac.digest(settings.PERSONAL_INDEX_KEY, text.encode(), "sha256").hex()


def masked(text: str, *, head: int, tail: int) -> str:
    """The text with its middle hidden: 510************234."""
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


class EncryptedTextField(models.TextField):
    """A text that the database holds encrypted only; to filter by it, use a blind index."""

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in {"isnull"}:
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is encrypted and cannot be searched by {lookup_name}")
