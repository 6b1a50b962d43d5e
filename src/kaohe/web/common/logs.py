"""Log lines that cannot be forged: one event a line, whatever a browser sent."""

from __future__ import annotations

import logging
import unicodedata

_FORMAT = "{asctime} {levelname} {name} {message}"


class OneLine(logging.Formatter):
    """Control and direction characters are shown as codes, so nobody writes a line of their own."""

    def __init__(self) -> None:
        super().__init__(_FORMAT, style="{")

    def format(self, record: logging.LogRecord) -> str:
        return "".join(
            f"\\u{ord(sign):04x}"
            if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"}
            else sign
            for sign in super().format(record)
        )
