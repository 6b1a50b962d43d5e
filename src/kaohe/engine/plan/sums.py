"""All sums of a table in one pass, for all kinds of subjects together.

What is summed apart differs by kind: ``1.1`` belongs to one group with townships and to another
with departments. A subject has only what belongs to its kind, so sums of different kinds can share
a column. Elements (indicators, or items of events) are given columns such that within each kind
no two labels share one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from kaohe.engine.plan.columns import number, whole
from kaohe.scheme import Scheme

Labels = Mapping[str, Mapping[str, str]]
"""By kind: element to the label under which it is summed."""


class Columns:
    """Which column the sums of an element go to; see the module."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.of: dict[str, int] = {}
        by_signature: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for element in dict.fromkeys(e for own in labels.values() for e in own):
            own = tuple((kind, of[element]) for kind, of in labels.items() if element in of)
            by_signature.setdefault(own, []).append(element)
        columns: list[list[dict[str, str]]] = []
        for signature, elements in by_signature.items():
            uses = dict(signature)
            place = next((i for i, used in enumerate(columns) if _fits(uses, used)), len(columns))
            if place == len(columns):
                columns.append([])
            columns[place].append(uses)
            self.of |= dict.fromkeys(elements, place)
        self.count = len(columns)

    def of_label(self, kind: str, label: str) -> list[int]:
        """The columns that make up a label's sum, in order."""
        return sorted({self.of[e] for e, own in self.labels[kind].items() if own == label})


def _fits(uses: Mapping[str, str], used: Sequence[Mapping[str, str]]) -> bool:
    return all(other.get(kind, label) == label for other in used for kind, label in uses.items())


def wide(scheme: Scheme, rows: ir.Table, columns: Columns, element: Any) -> ir.Table:
    """One row a subject: the sum of ``points`` by round and column (``r0c0``, ``r0c1`` …).

    ``element`` gives, for the elements of a column, the condition that a row is about them.
    """
    rounds = ibis.cases(*((rows.round == r.code, i) for i, r in enumerate(scheme.rounds)))
    members: dict[int, list[str]] = {}
    for one, place in columns.of.items():
        members.setdefault(place, []).append(one)
    cases = [(element(rows, names), place) for place, names in members.items()]
    keyed = rows.select(
        "subject_id",
        key=rounds * columns.count + ibis.cases(*cases),
        points=rows.points.cast("int32"),
    )
    sums = {
        name(r, c): whole((keyed.key == r * columns.count + c).ifelse(keyed.points, None).sum())
        for r in range(len(scheme.rounds))
        for c in range(columns.count)
    }
    return keyed.group_by("subject_id").agg(**sums)


def name(round_index: int, column: int) -> str:
    return f"r{round_index}c{column}"


def total(table: ir.Table, parts: Sequence[str]) -> Any:
    """The sum of what there is among columns; NULL where there is nothing at all."""
    if not parts:
        return ibis.null("int64")
    if len(parts) == 1:
        return table[parts[0]]
    some = ibis.coalesce(*(table[part] for part in parts)).notnull()
    added = number(0)
    for part in parts:
        added = added + table[part].fill_null(number(0))
    return some.ifelse(added, None)
