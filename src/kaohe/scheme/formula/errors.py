"""What a county reads when its formula is wrong."""

from __future__ import annotations

import unicodedata

_WHOLE = 100
_AROUND = 40


class FormulaError(ValueError):
    """A formula that is refused.

    `message` says in Chinese what is wrong and what to write instead; `position` is the 0-based
    character of `text`, the formula as the county wrote it ("" when the caller did not give it).
    """

    def __init__(self, message: str, text: str, position: int) -> None:
        super().__init__(message, text, position)
        self.message = message
        self.text = text
        self.position = position

    def __str__(self) -> str:
        """The message, the formula, and a caret under the place (a long formula is cut short)."""
        headline = f"{self.message}（第 {self.position + 1} 个字）"
        if not self.text:
            return headline
        before, after = self.text[: self.position], self.text[self.position :]
        if len(self.text) > _WHOLE:
            before = "..." + before[-_AROUND:] if len(before) > _AROUND else before
            after = after[:_AROUND] + "..." if len(after) > _AROUND else after
        before, after = _visible(before), _visible(after)
        return f"{headline}\n{before}{after}\n{_blank(before)}^"


def _visible(text: str) -> str:
    """`text` on one line: an invisible character must neither move the caret nor the terminal."""
    return "".join("?" if unicodedata.category(c) in _INVISIBLE else c for c in text)


def _blank(text: str) -> str:
    """White space exactly as wide as `text`; a CJK character takes two columns."""
    return "".join(_blank_of(c) for c in text)


def _blank_of(char: str) -> str:
    if unicodedata.category(char) in ("Mn", "Me"):
        return ""
    return "\u3000" if unicodedata.east_asian_width(char) in "WF" else " "


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
