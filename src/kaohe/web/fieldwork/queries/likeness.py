"""How alike texts are, and which of many are near-copies of one another.

A text is taken as the set of all runs of five of its characters, without spaces, punctuation and
case; two texts are as alike as the runs that both have are among the runs that either has
(Jaccard). A sketch (MinHash) of some 500 bytes stands for that set: the share of places in which
two sketches agree estimates how alike their texts are, give or take 4 in 100.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

RUN = 5
_PLACES = 128
# Little-endian on each machine, so that a sketch is the same bytes everywhere.
_BYTES = "<"
# To miss a near-copy is worse than to look at one pair too many: each is compared anyhow.
_WEIGHTS = (0.2, 0.8)


@dataclass(frozen=True)
class Pair:
    """Two texts by their keys, the lesser first, and how alike they are, from 0 to 1."""

    first: int
    second: int
    likeness: float


def bare(text: str) -> str:
    """What is compared of a text: its letters, characters and digits, in one form and case."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def runs(text: str) -> frozenset[str]:
    """The runs of five characters in a text; a shorter text is one run, an empty one has none."""
    known = bare(text)
    if len(known) <= RUN:
        return frozenset([known]) if known else frozenset()
    return frozenset(known[start : start + RUN] for start in range(len(known) - RUN + 1))


def likeness(first: str, second: str) -> float:
    """How alike two texts are, exactly, from 0 to 1; texts without a character are never alike."""
    ours, theirs = runs(first), runs(second)
    either = len(ours | theirs)
    return len(ours & theirs) / either if either else 0.0


def sketch(text: str) -> bytes:
    """What stands for a text in `near`; the same text gives the same bytes. Empty for no text."""
    known = runs(text)
    if not known:
        return b""
    # Here and not above: the library brings in SciPy, a second that no start of the site needs.
    from datasketch import LeanMinHash, MinHash

    hashed = MinHash(num_perm=_PLACES)
    hashed.update_batch([run.encode() for run in known])
    kept = LeanMinHash(hashed)
    buffer = bytearray(kept.bytesize(_BYTES))
    kept.serialize(buffer, _BYTES)
    return bytes(buffer)


def near(sketches: Mapping[int, bytes], asked: Collection[int] | None, least: float) -> list[Pair]:
    """The pairs of texts that are at least so alike, the most alike first.

    asked: only pairs with one of these keys in them; None: all pairs. Keys without a sketch, or
    with an empty one, are in no pair. Which pairs are compared at all is found by locality-
    sensitive hashing: of pairs just above `least` a few in a hundred may be missed.
    """
    from datasketch import LeanMinHash, MinHashLSH

    known = {
        key: LeanMinHash.deserialize(stored, _BYTES) for key, stored in sketches.items() if stored
    }
    wanted = known if asked is None else {key: known[key] for key in asked if key in known}
    if not wanted:
        return []
    index = MinHashLSH(threshold=least, num_perm=_PLACES, weights=_WEIGHTS)
    with index.insertion_session() as session:
        for key, one in wanted.items():
            session.insert(key, one)
    found = (pair for key, one in known.items() for pair in _pairs(key, one, wanted, index))
    alike = {(pair.first, pair.second): pair for pair in found if pair.likeness >= least}
    return sorted(alike.values(), key=lambda pair: (-pair.likeness, pair.first, pair.second))


def _pairs(key: int, one: Any, wanted: Mapping[int, Any], index: Any) -> Iterator[Pair]:
    """The pairs of one text with those indexed ones that share a band with it."""
    for other in index.query(one):
        # A pair of two indexed texts turns up from both sides; once is enough.
        if other < key or (other > key and key not in wanted):
            yield Pair(min(key, other), max(key, other), float(one.jaccard(wanted[other])))
