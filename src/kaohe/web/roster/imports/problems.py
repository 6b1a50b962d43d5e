"""What is wrong with a workbook: where, what stands there, what should, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from kaohe.workbooks import cell_name

# So many are kept with their cells; more help nobody.
KEPT = 5_000
_LONGEST = 60


@dataclass(frozen=True)
class Problem:
    """A problem at a cell (row and column from 0), at a sheet, or with the file as a whole."""

    message: str
    remedy: str = ""
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    head: str = ""
    value: str = ""
    expected: str = ""

    @property
    def cell(self) -> str:
        """As Excel calls the place: D17."""
        if self.row is None:
            return ""
        return cell_name(self.row, self.column or 0)

    @property
    def place(self) -> str:
        """人员!D17."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet or "文件"

    def as_values(self) -> dict[str, object]:
        """For storing as JSON."""
        return asdict(self)


def from_values(values: Mapping[str, object]) -> Problem:
    """A problem as it was stored."""
    return Problem(**values)  # type: ignore[arg-type]


class Problems:
    """Collects problems: all are counted, the first of them kept."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.total = 0
        self.rows: set[tuple[str, int]] = set()

    def add(self, problem: Problem) -> None:
        self.total += 1
        if problem.row is not None:
            self.rows.add((problem.sheet, problem.row))
        if len(self.kept) < KEPT:
            self.kept.append(problem)

    def faulty_rows(self, sheet: str) -> int:
        return sum(1 for name, _ in self.rows if name == sheet)


def shown(value: object) -> str:
    """A cell's value for a message: short, without signs that cannot be seen."""
    text = "".join(sign if sign.isprintable() else "�" for sign in str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
