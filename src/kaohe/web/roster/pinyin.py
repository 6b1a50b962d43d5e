"""Pinyin initials, by which people look for a name with a Western keyboard."""

from __future__ import annotations

from typing import Final

from pypinyin import Style, lazy_pinyin

# Surnames whose reading has another initial than the sign's usual reading, or than pypinyin's.
_SURNAMES: Final = {
    "万俟": "mq",
    "单于": "cy",
    "尉迟": "yc",
    "澹台": "tt",
    "长孙": "zs",
    "乐": "y",
    "乜": "n",
    "仇": "q",
    "冼": "x",
    "单": "s",
    "卜": "b",
    "区": "o",
    "召": "s",
    "句": "g",
    "员": "y",
    "宓": "m",
    "尉": "w",
    "折": "s",
    "曾": "z",
    "朴": "p",
    "查": "z",
    "盖": "g",
    "祭": "z",
    "种": "c",
    "秘": "b",
    "粘": "n",
    "繁": "p",
    "缪": "m",
    "翟": "z",
    "莘": "s",
    "藏": "z",
    "覃": "q",
    "解": "x",
    "谌": "c",
    "车": "c",
    "适": "k",
    "逄": "p",
    "郇": "x",
    "都": "d",
    "隗": "w",
    "黑": "h",
}


def initials(name: str) -> str:
    """The first letters of a name's syllables in lower case: 云溪镇 → yxz; other signs stay."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:100]


def person_initials(name: str) -> str:
    """The same for somebody's name, the surname by its own reading: 单建国 → sjg, not djg."""
    for length in (2, 1):
        if letters := _SURNAMES.get(name[:length]):
            return (letters + initials(name[length:]))[:100]
    return initials(name)
