"""All readings (口径) of a scheme, so that nobody takes a reading for the regulation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kaohe.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Reading:
    """How one clause is read where it is silent; ``about`` is the thing it is written at."""

    basis: str
    about: str
    text: str


def readings(scheme: Scheme) -> Iterator[Reading]:
    """Every reading, in the order of the scheme file."""
    for note in scheme.notes:
        yield Reading(note.basis or "", note.about, note.reading)
    found: dict[tuple[str, str, str], None] = {}
    _collect(scheme.model_dump(), "", found)
    for basis, about, text in found:
        yield Reading(basis, about, text)


def _collect(node: object, about: str, found: dict[tuple[str, str, str], None]) -> None:
    if isinstance(node, dict):
        own = str(node.get("name") or node.get("action") or about)
        if node.get("reading") and "about" not in node:
            found[(str(node.get("basis") or ""), own, str(node["reading"]))] = None
        for child in node.values():
            _collect(child, own, found)
    elif isinstance(node, list | tuple):
        for child in node:
            _collect(child, about, found)
