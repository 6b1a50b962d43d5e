"""The tables that come out of a plan: results, consequences and steps of all kinds together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import ibis
import ibis.expr.types as ir

from kaohe.engine.plan.names import CONSEQUENCES, RESULTS, STEPS
from kaohe.scheme import Kind, Scheme, keys
from kaohe.scheme.crosscheck import columns_of


def tables(scheme: Scheme, final: Mapping[str, ir.Table]) -> Iterator[tuple[str, ir.Table]]:
    """``final`` holds each kind's table with all its values; numbers stay in hundredths."""
    yield RESULTS, _results(scheme, final)
    yield CONSEQUENCES, _consequences(scheme, final)
    yield STEPS, _steps(scheme, final)


def result_types(scheme: Scheme) -> dict[str, str]:
    """Type of each published column: ``int64`` are hundredths unless it is a rank."""
    types: dict[str, str] = {}
    for kind in scheme.kinds:
        texts = [part.column for part in (kind.grade, kind.award) if part is not None]
        for column, _ in columns_of(kind):
            types[column] = "string" if column in texts else "int64"
    return types


def rank_columns(scheme: Scheme) -> frozenset[str]:
    return frozenset(r.column for kind in scheme.kinds for r in kind.ranks if r.column is not None)


def _results(scheme: Scheme, final: Mapping[str, ir.Table]) -> ir.Table:
    types = result_types(scheme)
    parts = []
    for kind in scheme.kinds:
        table, own = final[kind.name], dict(columns_of(kind))
        columns = {
            c.column: table[own[c.column]] if c.column in own else ibis.null(types[c.column])
            for c in scheme.columns
        }
        parts.append(table.select("subject_id", kind=ibis.literal(kind.name), **columns))
    return _all(parts)


def _consequences(scheme: Scheme, final: Mapping[str, ir.Table]) -> ir.Table:
    parts = []
    for kind in scheme.kinds:
        table = final[kind.name]
        for index, consequence in enumerate(kind.consequences):
            parts.append(
                table.filter(table[keys.consequence(index)]).select(
                    "subject_id",
                    action=ibis.literal(consequence.action),
                    basis=ibis.literal(consequence.basis),
                )
            )
    if not parts:
        nobody = final[scheme.kinds[0].name].filter(ibis.literal(False))
        empty = ibis.literal("")
        parts.append(nobody.select("subject_id", action=empty, basis=empty))
    return _all(parts)


def step_columns(scheme: Scheme, kind: Kind, table: ir.Table) -> list[str]:
    """The columns of a kind's table that are steps: all but what the input itself says."""
    inputs = {a.code for a in scheme.attributes} | {"subject_id", "county"}
    return [c for c in table.columns if c not in inputs]


def _steps(scheme: Scheme, final: Mapping[str, ir.Table]) -> ir.Table:
    types: dict[str, ibis.expr.datatypes.DataType] = {}
    for kind in scheme.kinds:
        table = final[kind.name]
        for column in step_columns(scheme, kind, table):
            types.setdefault(column, table.schema()[column])
    parts = []
    for kind in scheme.kinds:
        table = final[kind.name]
        own = set(step_columns(scheme, kind, table))
        columns = {c: table[c] if c in own else ibis.null(type_) for c, type_ in types.items()}
        parts.append(table.select("subject_id", kind=ibis.literal(kind.name), **columns))
    return _all(parts)


def _all(parts: list[ir.Table]) -> ir.Table:
    return ibis.union(*parts) if len(parts) > 1 else parts[0]
