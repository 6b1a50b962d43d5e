"""Pinyin initials, by which people look for a name with a Western keyboard."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    """The first letters of a name's syllables in lower case: 云溪镇 → yxz; other signs stay."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:100]
