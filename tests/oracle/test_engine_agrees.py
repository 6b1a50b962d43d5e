"""The engine against the oracle, on counties of every shape: no difference at all.

KAOHE_EXAMPLES sets how many counties Hypothesis makes.
"""

import os
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from kaohe.engine import outcome_rows, score_tables
from kaohe.scheme import load_scheme
from tests.oracle.county import Consequence, Row, Tables, assess
from tests.oracle.strategies import counties, make_county, under_prefix

EXAMPLES = int(os.environ.get("KAOHE_EXAMPLES", "60"))
SHEETS = 10_000


@pytest.fixture(scope="module")
def scheme():
    return load_scheme("xx-county-2016")


def engine_says(scheme, tables: Tables) -> tuple[dict[str, Row], list[Consequence]]:
    outcome = score_tables(scheme, tables, partial=True)
    results = outcome_rows(outcome)
    by_subject = {row["subject_id"]: row for row in results}
    assert len(by_subject) == len(results), "a subject has more than one row of results"
    consequences = [
        (row["subject_id"], row["action"], row["basis"]) for row in outcome.consequences.to_pylist()
    ]
    return by_subject, sorted(consequences)


def differences(expected: dict[str, Row], found: dict[str, Row]) -> list[str]:
    """Cell by cell, so that a failing run names the number and not two whole counties."""
    cells = [
        f"{subject_id} {column}: the oracle says {cell!r}, the engine {theirs.get(column)!r}"
        for subject_id, row in expected.items()
        for theirs in [found.get(subject_id, {})]
        for column, cell in row.items()
        if theirs.get(column) != cell
    ]
    return cells + [f"{extra}: only the engine has it" for extra in found.keys() - expected.keys()]


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(tables=counties())
def test_the_engine_agrees_on_a_county_of_any_shape(scheme, tables):
    results, consequences = assess(tables)
    found, their_consequences = engine_says(scheme, tables)
    assert differences(results, found) == []
    assert their_consequences == sorted(consequences)


def test_the_engine_agrees_on_10000_random_sheets_in_one_run(scheme):
    together: Tables = {}
    results: dict[str, Row] = {}
    consequences: set[Consequence] = set()
    sheets: set[tuple[str, str]] = set()
    seed = 0
    while len(sheets) < SHEETS:
        county = under_prefix(make_county(Random(seed)), f"C{seed:04d}")
        their_results, their_consequences = assess(county)
        results |= their_results
        consequences |= their_consequences
        sheets |= {(row["subject_id"], row["round"]) for row in county["scores"]}
        for name, rows in county.items():
            together.setdefault(name, []).extend(rows)
        seed += 1

    found, found_consequences = engine_says(scheme, together)
    assert differences(results, found) == []
    assert found_consequences == sorted(consequences)
