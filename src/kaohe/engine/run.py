"""Running a scheme over checked inputs: the one way from tables to results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import duckdb
import pyarrow as pa

from kaohe.engine.compile import program
from kaohe.engine.completeness import require_complete
from kaohe.engine.plan import CONSEQUENCES, RESULTS, STEPS
from kaohe.engine.plan.outputs import rank_columns, result_types
from kaohe.engine.session import connect
from kaohe.engine.tables import Inputs, inputs_from_tables
from kaohe.scheme import Scheme

Engine = Literal["duckdb", "spark"]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave, as relations of ``connection``; read them with the properties below."""

    scheme: Scheme
    inputs: Inputs
    connection: duckdb.DuckDBPyConnection

    @property
    def results(self) -> pa.Table:
        """One row a subject: subject_id, kind and the scheme's columns; scores as decimals."""
        return self._table(results_query(self.scheme))

    @property
    def consequences(self) -> pa.Table:
        """subject_id, action, basis."""
        return self._table(f"SELECT * FROM {CONSEQUENCES}")

    @property
    def steps(self) -> pa.Table:
        """One row a subject, one column a named step (:mod:`kaohe.scheme.keys`), in hundredths."""
        return self._table(f"SELECT * FROM {STEPS}")

    def _table(self, query: str) -> pa.Table:
        return self.connection.sql(query).to_arrow_table()


def score(
    scheme: Scheme, inputs: Inputs, *, engine: Engine = "duckdb", progress: Progress | None = None
) -> Outcome:
    """Compute everything that the scheme names, for all subjects of ``inputs``.

    Raises :class:`InputError` where an owed indicator has no points in the end.

    ``progress`` is told the stage and the share done (0 to 1).
    """
    facts = inputs.rows("facts") > 0
    if engine == "spark":
        from kaohe.engine.spark import run_on_spark

        run_on_spark(scheme, inputs, facts=facts, progress=progress)
    else:
        statements = program(scheme, facts=facts).statements
        for done, (name, query) in enumerate(statements):
            if progress is not None:
                progress(name, done / len(statements))
            # What comes out is read once, or a subject at a time: no need to store it first.
            kind = "VIEW" if name in (RESULTS, CONSEQUENCES, STEPS) else "TABLE"
            inputs.connection.execute(f'CREATE OR REPLACE TEMP {kind} "{name}" AS {query}')
    require_complete(scheme, inputs, facts=facts)
    return Outcome(scheme, inputs, inputs.connection)


def score_tables(scheme: Scheme, tables: Mapping[str, Any], *, partial: bool = False) -> Outcome:
    """Score tables in memory (Arrow tables or lists of rows); what the web calls.

    Raises :class:`kaohe.engine.InputError` with every problem of the input.
    """
    inputs = inputs_from_tables(scheme, tables, connection=connect(), partial=partial)
    return score(scheme, inputs)


def results_query(scheme: Scheme) -> str:
    """The results table as people read it: points as decimals of two places, ranks as integers."""
    ranks, types = rank_columns(scheme), result_types(scheme)
    columns = []
    for column in (c.column for c in scheme.columns):
        if types[column] != "int64":
            columns.append(f'"{column}"')
        elif column in ranks:
            columns.append(f'CAST("{column}" AS INTEGER) AS "{column}"')
        else:
            columns.append(f'{_points(column)} AS "{column}"')
    return f"SELECT subject_id, kind, {', '.join(columns)} FROM {RESULTS}"


def _points(column: str) -> str:
    # A product of decimals is exact in DuckDB; its division would pass through a float.
    exact = f'CAST("{column}" AS DECIMAL(18,0)) * CAST(0.01 AS DECIMAL(3,2))'
    return f"CAST({exact} AS DECIMAL(18,2))"


def printed(value: Any, *, trim: bool = False) -> str:
    """A cell as results.csv prints it: nothing for no value, two decimals, or none needless."""
    if value is None:
        return ""
    text = str(value)
    return text.rstrip("0").rstrip(".") if trim and isinstance(value, Decimal) else text


def outcome_rows(outcome: Outcome) -> list[dict[str, str]]:
    """The rows of results.csv, each cell as it is printed there."""
    trimmed = {c.column for c in outcome.scheme.columns if c.trim}
    return [
        {name: printed(value, trim=name in trimmed) for name, value in row.items()}
        for row in outcome.results.to_pylist()
    ]
