"""What was looked at and how it is: for `kaohe doctor`, and for a start that would be unsafe."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """GOOD; a WARNING to look after; a FAULT with which the site must not be served."""

    GOOD = 0
    WARNING = 1
    FAULT = 2

    @property
    def label(self) -> str:
        return {0: "正常", 1: "注意", 2: "有误"}[self.value]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, how it is, and what to do."""

    level: Level
    about: str
    text: str
    remedy: str = ""


def good(about: str, text: str) -> Finding:
    return Finding(Level.GOOD, about, text)


def warning(about: str, text: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, about, text, remedy)


def fault(about: str, text: str, remedy: str) -> Finding:
    return Finding(Level.FAULT, about, text, remedy)
