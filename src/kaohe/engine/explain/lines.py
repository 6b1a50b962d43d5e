"""The worked sheet: what an explanation consists of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kaohe.engine.tables.problems import plain


@dataclass(frozen=True, slots=True)
class Line:
    """One value with how it came about.

    ``worked`` is the formula with numbers in it; done by hand it gives ``value``, rounded as
    ``note`` says. ``scheme_line`` is where the rule stands in the scheme file.
    """

    title: str
    value: str = ""
    formula: str = ""
    worked: str = ""
    note: str = ""
    basis: str = ""
    reading: str = ""
    scheme_line: int | None = None
    children: tuple[Line, ...] = field(default=())

    def walk(self) -> Iterator[Line]:
        yield self
        for child in self.children:
            yield from child.walk()

    def as_dict(self) -> dict[str, Any]:
        """For machines: empty fields are left out."""
        fields = {
            name: getattr(self, name)
            for name in ("title", "value", "formula", "worked", "note", "basis", "reading")
            if getattr(self, name)
        }
        if self.scheme_line is not None:
            fields["scheme_line"] = self.scheme_line
        if self.children:
            fields["children"] = [child.as_dict() for child in self.children]
        return fields


def points(hundredths: int | None, *, trim: bool = False) -> str:
    """A stored value as text: two decimals, or as few as needed; 无 where there is none."""
    if hundredths is None:
        return "无"
    if trim:
        return plain(hundredths)
    sign, rest = ("-", -hundredths) if hundredths < 0 else ("", hundredths)
    return f"{sign}{rest // 100}.{rest % 100:02d}"
