"""What a scheme knows, as small relations to join with: leaves, items, facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from kaohe.engine.tables.arrays import integers, texts
from kaohe.engine.tables.run import Run
from kaohe.scheme.model import Indicator, Kind, Scheme, hundredths

MOST_LEAVES = 100
"""Leaf indicators of one kind: each is a bit of a 127-bit integer."""


def register_vocabulary(run: Run) -> None:
    """Register ``_leaves``, ``_items`` and ``_facts``, keyed by the Chinese name of the kind.

    Raises ValueError for a kind with more than :data:`MOST_LEAVES` leaves.
    """
    scheme = run.scheme
    leaves = [
        (kind.name, leaf.code, hundredths(leaf.points), str(1 << place))
        for kind in scheme.kinds
        for place, leaf in enumerate(leaves_of(kind))
    ]
    _register(run, "_leaf_texts", ("kind", "code", "full_points", "bits"), leaves)
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE _leaves AS "
        "SELECT kind, code, full_points, CAST(bits AS HUGEINT) AS bit FROM _leaf_texts"
    )
    run.connection.unregister("_leaf_texts")
    items = [
        (kind.name, side, text, code)
        for kind in scheme.kinds
        for side, adjustments in kind.sides().items()
        for text, code in spellings((item.code, item.name) for item in adjustments.items)
    ]
    _register(run, "_items", ("kind", "side", "text", "code"), items)
    facts = []
    for kind in scheme.kinds:
        recorded = {f.code: f for f in scheme.facts_of(kind.name) if f.code is not None}
        for text, code in spellings((code, fact.name) for code, fact in recorded.items()):
            maximum = hundredths(recorded[code].maximum)
            facts.append((kind.name, text, code, recorded[code].per, maximum))
    _register(run, "_facts", ("kind", "text", "code", "per", "maximum"), facts)


def leaves_of(kind: Kind) -> list[Indicator]:
    """The kind's leaves in order; a leaf's place is its bit."""
    leaves = list(kind.leaves())
    if len(leaves) > MOST_LEAVES:
        raise ValueError(f"「{kind.name}」有 {len(leaves)} 个末级指标，最多 {MOST_LEAVES} 个")
    return leaves


def ambiguous_codes(scheme: Scheme) -> frozenset[str]:
    """Codes that a number in Excel cannot tell apart: 1.1 when there is 1.10 too."""
    codes = {node.code for kind in scheme.kinds for node in kind.nodes()}
    return frozenset(
        code.rstrip("0").rstrip(".") for code in codes if "." in code and code.endswith("0")
    )


def spellings(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Every text that stands for a code: the code itself, and the name if only one has it."""
    pairs = list(pairs)
    known = {code: code for code, _ in pairs}
    labels = [label for _, label in pairs]
    known.update({n: c for c, n in pairs if n not in known and labels.count(n) == 1})
    return list(known.items())


def _register(run: Run, relation: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
    listed = [[row[place] for row in rows] for place in range(len(columns))]
    arrays = [
        integers(values) if column in ("full_points", "maximum") else texts(values)
        for column, values in zip(columns, listed, strict=True)
    ]
    run.connection.register(relation, pa.Table.from_arrays(arrays, names=list(columns)))
