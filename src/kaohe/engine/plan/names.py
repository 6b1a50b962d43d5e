"""What the tables of a run are called inside an engine."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from kaohe.scheme import Scheme

RESULTS = "out_results"
STEPS = "out_steps"
CONSEQUENCES = "out_consequences"


def input_table(scheme: Scheme, name: str) -> ir.Table:
    """An input table as :mod:`kaohe.engine.tables` prepares it: ``in_scores`` and so on."""
    return ibis.table(_SCHEMAS[name](scheme), name=f"in_{name}")


def _subjects(scheme: Scheme) -> dict[str, str]:
    types = {"text": "string", "flag": "boolean", "number": "int64", "indicators": "array<string>"}
    own = {"subject_id": "string", "kind": "string", "name": "string", "county": "string"}
    return own | {a.code: types[a.type] for a in scheme.attributes}


def _postings(scheme: Scheme) -> dict[str, str]:
    links = {link.code: "string" for link in scheme.links}
    return {"subject_id": "string"} | links | {"start": "date", "end": "date"}


def _scores(scheme: Scheme) -> dict[str, str]:
    table = {"subject_id": "string", "round": "string", "indicator": "string", "points": "int64"}
    several = any(kind.scoring is not None for kind in scheme.kinds)
    return table | ({"source": "string"} if several else {})


def _ballots(scheme: Scheme) -> dict[str, str]:
    options = () if scheme.ballot is None else scheme.ballot.options
    return {"subject_id": "string", "round": "string"} | {o.code: "int64" for o in options}


_SCHEMAS: dict[str, Any] = {
    "subjects": _subjects,
    "postings": _postings,
    "scores": _scores,
    "adjustments": lambda _: {
        "subject_id": "string",
        "round": "string",
        "type": "string",
        "item": "string",
        "points": "int64",
    },
    "ballots": _ballots,
    "determinations": lambda _: {"subject_id": "string", "type": "string"},
    "facts": lambda _: {
        "subject_id": "string",
        "round": "string",
        "fact": "string",
        "period": "string",
        "value": "int64",
    },
}
INPUTS = tuple(_SCHEMAS)
