"""What a file was called: a text to show, never a path."""

from __future__ import annotations

import unicodedata

LONGEST = 120
_LONGEST_SUFFIX = 12
# Control signs, invisible marks that turn text around, halves of pairs, and what has no meaning.
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
# The first is what a file of the type is given when it is called otherwise.
_SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg"),
    "application/pdf": (".pdf",),
    "application/msword": (".doc", ".wps"),
    "application/vnd.ms-excel": (".xls", ".et"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
}


def clean_name(name: str | None) -> str:
    """The last part of a name, without signs that are not seen, at most `LONGEST` signs long."""
    last = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        " " if sign in "\r\n\t" else sign
        for sign in last
        if sign in "\r\n\t" or unicodedata.category(sign) not in _UNSEEN
    )
    text = " ".join(seen.split()).lstrip(".").strip()
    if not text:
        return "未命名"
    if len(text) <= LONGEST:
        return text
    stem, dot, suffix = text.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        return text[:LONGEST]
    return stem[: LONGEST - len(suffix) - 1] + dot + suffix


def download_name(name: str, media_type: str) -> str:
    """The name to store a file under: its suffix says what the file is, whatever it was called."""
    suffixes = _SUFFIXES[media_type]
    if name.lower().endswith(suffixes):
        return name
    stem, dot, suffix = name.rpartition(".")
    return (stem if dot and stem and len(suffix) <= _LONGEST_SUFFIX else name) + suffixes[0]


def suffix_of(media_type: str) -> str:
    return _SUFFIXES[media_type][0]
