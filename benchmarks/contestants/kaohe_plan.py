"""kaohe's plan on unchecked input: as much, and as little, as the hand-written SQL does.

The input tables are typed here as :mod:`kaohe.engine.tables` types them once it has checked them.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from kaohe.engine import connect, score
from kaohe.engine.plan import CONSEQUENCES, STEPS
from kaohe.engine.run import results_query
from kaohe.engine.tables import Inputs
from kaohe.scheme import load_scheme

SCHEME = load_scheme("xx-county-2016")

# Scores stay in their file and are read from there; the others are small.
INPUTS = """
CREATE TEMP TABLE in_subjects AS
SELECT
    subject_id, kind, name, county, class,
    string_split(coalesce(special_items, ''), ';') AS special_items,
    project_township = 1 AS project_township,
    reduction_task_met = 1 AS reduction_task_met,
    vertical = 1 AS vertical,
    false AS provincial_target,
    false AS research_task
FROM '{data}/subjects.parquet';
CREATE TEMP VIEW in_scores AS
SELECT subject_id, round, indicator, CAST(points * 100 AS BIGINT) AS points
FROM '{data}/scores.parquet';
CREATE TEMP TABLE in_adjustments AS
SELECT * REPLACE (CAST(points * 100 AS BIGINT) AS points) FROM '{data}/adjustments.parquet';
CREATE TEMP TABLE in_ballots AS
SELECT
    subject_id, round,
    CAST(COLUMNS(* EXCLUDE (subject_id, round)) AS BIGINT)
FROM '{data}/ballots.parquet';
CREATE TEMP TABLE in_postings AS FROM '{data}/postings.parquet';
CREATE TEMP TABLE in_determinations AS FROM '{data}/determinations.parquet';
CREATE TEMP TABLE in_facts (
    subject_id VARCHAR, round VARCHAR, period VARCHAR, fact VARCHAR, value BIGINT
);
"""


def start() -> None:
    """Nothing: a scheme is compiled with the first run and kept."""


def run(data: Path, out: Path) -> dict[str, float]:
    begun = perf_counter()
    with connect() as connection:
        connection.execute(INPUTS.format(data=data))
        read = perf_counter()
        score(SCHEME, Inputs(connection, {}))
        scored = perf_counter()
        for query, name, options in (
            (results_query(SCHEME), "results.parquet", "FORMAT parquet"),
            (f"SELECT * FROM {CONSEQUENCES}", "consequences.csv", "FORMAT csv, HEADER"),
            (f"SELECT * FROM {STEPS}", "steps.parquet", "FORMAT parquet"),
        ):
            connection.execute(f"COPY ({query}) TO '{out / name}' ({options})")
    return {
        "read": read - begun,
        "compute": scored - read,
        "write": perf_counter() - scored,
    }
