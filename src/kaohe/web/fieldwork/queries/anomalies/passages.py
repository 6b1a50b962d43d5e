"""What two texts have in common, as passages of one of them."""

from __future__ import annotations

from dataclasses import dataclass

# Characters in a row that both must have: “召开村两委会议” alone is a word of the trade, no copy.
LEAST = 8


@dataclass(frozen=True)
class Passage:
    """A piece of a text, and whether the other text has it too."""

    text: str
    common: bool


def passages(text: str, other: str) -> list[Passage]:
    """The text in pieces that the other has too and pieces that it has not.

    Where a passage stands in the other text does not matter: a copy with its parts exchanged is a
    copy. The time taken grows with the lengths, never with their product.
    """
    shared = _shared(text, other)
    found: list[Passage] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or shared[place] != shared[start]:
            found.append(Passage(text[start:place], shared[start]))
            start = place
    return found


def share(text: str, other: str) -> int:
    """How many percent of the text's characters and digits the other has too; rounded down."""
    shared = _shared(text, other)
    read = [place for place, sign in enumerate(text) if sign.isalnum()]
    return 100 * sum(shared[place] for place in read) // len(read) if read else 0


def _shared(text: str, other: str) -> list[bool]:
    """For each sign of the text, whether it lies in a run that the other has."""
    places, ours = _read(text)
    _, theirs = _read(other)
    runs = {theirs[start : start + LEAST] for start in range(len(theirs) - LEAST + 1)}
    shared = [False] * len(text)
    for start in range(len(ours) - LEAST + 1):
        if ours[start : start + LEAST] in runs:
            first, last = places[start], places[start + LEAST - 1]
            shared[first : last + 1] = [True] * (last + 1 - first)
    return shared


def _read(text: str) -> tuple[list[int], str]:
    """The characters and digits of a text with their places: punctuation makes no text another."""
    places = [place for place, sign in enumerate(text) if sign.isalnum()]
    return places, "".join(text[place].lower()[:1] for place in places)
