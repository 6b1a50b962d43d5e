"""Cells by the names that Excel shows."""

from __future__ import annotations


def column_letters(position: int) -> str:
    """0 is A, 26 is AA, as Excel counts columns."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell, both counted from 0: (16, 3) is D17."""
    return f"{column_letters(column)}{row + 1}"


def column_position(letters: bytes) -> int:
    """The other way round: A is 0."""
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1
