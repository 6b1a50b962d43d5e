"""Schemes to SQL, once a process: the plan of a scheme does not depend on the data."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import ibis

from kaohe.engine.plan import plan
from kaohe.engine.plan.columns import FLOOR, WHOLE
from kaohe.scheme import Scheme

Dialect = Literal["duckdb", "pyspark"]


@dataclass(frozen=True, slots=True)
class Program:
    """What an engine does: ``setup`` once a session, then each statement's table under its name."""

    setup: tuple[str, ...]
    statements: tuple[tuple[str, str], ...]


_PROGRAMS: dict[tuple[str, bool, Dialect], Program] = {}


def scheme_hash(scheme: Scheme) -> str:
    """sha256 over the scheme's content; comments and layout of the file do not count."""
    return hashlib.sha256(scheme.model_dump_json().encode()).hexdigest()


def program(scheme: Scheme, *, facts: bool, dialect: Dialect = "duckdb") -> Program:
    """The program of a scheme; ``facts`` says whether measured rules have anything to read."""
    key = (scheme_hash(scheme), facts, dialect)
    if key not in _PROGRAMS:
        with _one_selection_a_layer():
            statements = tuple(
                (stage.name, str(ibis.to_sql(stage.table, dialect=dialect, pretty=False)))
                for stage in plan(scheme, facts=facts)
            )
        _PROGRAMS[key] = Program((FLOOR[dialect], WHOLE[dialect]), statements)
        # Building a plan leaves objects that live as long as the process. Unfrozen, they would
        # make every full garbage collection during a run walk through all of them again.
        gc.freeze()
    return _PROGRAMS[key]


@contextmanager
def _one_selection_a_layer() -> Iterator[None]:
    """Keep Ibis from folding layers into each other: a folded one repeats what it refers to."""
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before
