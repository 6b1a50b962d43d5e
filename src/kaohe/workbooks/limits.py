"""How large a workbook may be."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may take, asked before it is opened.

    unpacked: bytes of all its parts; cells: those of the rectangle that a sheet's cells span;
    text: bytes of all cells' texts together, a text that many cells share counted for each.
    """

    unpacked: int = 512 * MEGABYTE
    cells: int = 20_000_000
    text: int = 1024 * MEGABYTE
