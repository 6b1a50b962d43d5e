"""A small grammar by which texts are composed: topics with lines, lines with gaps to be filled.

A gap is the name of some words, {crop}, or a range of numbers, {3-9}. Whose text it is brings words
of its own: the groups of the village, its households, what grows there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kaohe.demo.dice import Dice

Words = Mapping[str, Sequence[str]]
# A piece of text, the name of a gap, or a range of numbers.
Part = str | tuple[str] | tuple[int, int]
Line = tuple[Part, ...]
FIELDS = "事法果评"
_GAP = re.compile(r"\{(?:(\d+)-(\d+)|(\w+))\}")


@dataclass(frozen=True, slots=True)
class Topic:
    """The lines of one topic, by field: items, measures, results, comments."""

    lines: tuple[tuple[Line, ...], ...]


def topics_of(text: str) -> tuple[Topic, ...]:
    """Topics as the word files write them: a heading, then lines with their field's sign."""
    found = []
    for block in text.strip().split("# ")[1:]:
        lines: dict[str, list[Line]] = {sign: [] for sign in FIELDS}
        for line in block.strip().splitlines()[1:]:
            lines[line[0]].append(line_of(line[2:]))
        found.append(Topic(tuple(tuple(lines[sign]) for sign in FIELDS)))
    return tuple(found)


def line_of(text: str) -> Line:
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[Part]:
    done = 0
    for match in _GAP.finditer(text):
        if match.start() > done:
            yield text[done : match.start()]
        low, high, name = match.groups()
        yield (name,) if name else (int(low), int(high))
        done = match.end()
    if done < len(text):
        yield text[done:]


def filled(dice: Dice, line: Line, words: Words) -> str:
    """The line with its gaps filled; two gaps of one name get different words where there are."""
    used: list[str] = []
    said = []
    for part in line:
        if isinstance(part, str):
            said.append(part)
        elif len(part) == 2:
            said.append(str(dice.whole(*part)))
        else:
            word = dice.pick(words[part[0]])
            if word in used:
                word = dice.pick(words[part[0]])
            used.append(word)
            said.append(word)
    return "".join(said)
