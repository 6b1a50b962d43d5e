"""Files sent to the browser, so that none of them can run anything there."""

from __future__ import annotations

import hashlib
import logging

from django.core.files.base import File
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.files.names import download_name

log = logging.getLogger("kaohe.evidence")
_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
_TELL = "请把文件名和时间告诉系统管理员，从备份中恢复。"


def served(file: File, *, name: str, media_type: str, sha256: str, inline: bool) -> HttpResponse:
    """A stored file whose bytes are still those that were stored. Raises Refusal for others."""
    content = _content(file)
    if hashlib.sha256(content).hexdigest() != sha256:
        log.error("the stored file %s is not what was stored", file.name)
        raise Refusal(f"“{name}”与存入时的校验值不符，可能被改动过，没有打开。{_TELL}")
    response = HttpResponse(content, content_type=media_type)
    shown = content_disposition_header(not inline, download_name(name, media_type))
    return _harmless(response, shown or "attachment")


def served_thumbnail(file: File) -> HttpResponse:
    """A small picture that we made."""
    return _harmless(HttpResponse(_content(file), content_type="image/jpeg"), "inline")


def _content(file: File) -> bytes:
    try:
        with file.open("rb") as stored:
            return stored.read()
    except OSError as error:
        log.error("the stored file %s cannot be read: %s", file.name, error)
        raise Refusal(f"文件取不出来。{_TELL}") from error


def _harmless(response: HttpResponse, disposition: str) -> HttpResponse:
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    return response
