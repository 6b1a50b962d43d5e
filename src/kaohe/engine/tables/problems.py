"""Problems of an input: collected, sorted, and told together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST = 200
"""Problems of one kind that are told; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, where it is, and what is expected.

    ``row`` counts as Excel does (the header is row 1); None for a whole file. ``kind`` is a stable
    name of what is wrong; ``table`` the table's place among the tables.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    message: str
    kind: str = field(default="", compare=False)
    table: int = field(default=0, compare=False)

    def __str__(self) -> str:
        row = "" if self.row is None else f":{self.row}"
        column = "" if self.column is None else f" {self.column}"
        return f"{self.file}{row}{column}: {self.message}"


class InputError(Exception):
    """The input cannot be scored. Nothing of it was used.

    ``problems`` are sorted by table and row; ``more`` counts, by file and kind, those beyond the
    first :data:`MOST` of their kind.
    """

    def __init__(
        self, problems: Iterable[Problem], more: Mapping[tuple[str, str], int] | None = None
    ) -> None:
        self.problems = tuple(problems)
        self.more = dict(more or {})
        super().__init__(self.problems, self.more)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        for (file, kind), count in self.more.items():
            like = next((p for p in self.problems if (p.file, p.kind) == (file, kind)), None)
            example = f"（如第 {like.row} 行那样的）" if like and like.row else ""
            lines.append(f"{file}: 同类问题{example}还有 {count} 处，没有逐一列出")
        return "\n".join(lines)


class Report:
    """Gathers the problems and notices of one run."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self._problems: list[Problem] = []
        self._more: dict[tuple[str, str], int] = {}
        self._told: dict[tuple[str, str], int] = {}

    def add(self, problem: Problem) -> None:
        """Add a problem; beyond the first of its kind in a file it is only counted."""
        key = (problem.file, problem.kind)
        told = self._told.get(key, 0)
        if told >= MOST:
            self.count(problem.file, problem.kind, 1)
            return
        self._told[key] = told + 1
        self._problems.append(problem)

    def count(self, file: str, kind: str, further: int) -> None:
        """Count ``further`` problems of a kind that were not looked at one by one."""
        if further > 0:
            self._more[file, kind] = self._more.get((file, kind), 0) + further

    @property
    def total(self) -> int:
        """How many problems there are so far, told or counted."""
        return len(self._problems) + sum(self._more.values())

    def raise_if_any(self) -> None:
        """Raise :class:`InputError` with everything found, if anything was."""
        if self._problems:
            ordered = sorted(self._problems, key=lambda p: (p.table, p.row or 0, p.column or ""))
            raise InputError(ordered, self._more)


_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_LONGEST = 40


def shown(value: object) -> str:
    """A cell's value as messages print it: what cannot be seen is spelt out, long texts are cut."""
    text = _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def plain(hundredths: int) -> str:
    """Integer hundredths as people write them: 1150 is ``11.5``."""
    whole, rest = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"
