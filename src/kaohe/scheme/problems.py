"""What is wrong with a scheme, and where: file, line and clause, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place inside the scheme (keys and list positions from the root)."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class SchemeProblem:
    """A finding with its place in the file; ``clause`` is the nearest ``basis`` around it."""

    file: str
    line: int
    clause: str | None
    message: str

    def __str__(self) -> str:
        clause = f"（条款 {self.clause}）" if self.clause else ""
        return f"{self.file}:{self.line}{clause} {self.message}"


class SchemeError(ValueError):
    """All problems of a scheme file, found in one go."""

    def __init__(self, problems: Sequence[SchemeProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
