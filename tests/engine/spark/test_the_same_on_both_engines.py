"""Spark gives what DuckDB gives: every row, column and type of results, consequences and steps."""

from random import Random

import pytest
from tests.engine.county import EXAMPLE, EXPECTED, ROOT, SCHEME, TEXT, rows_of
from tests.engine.spark.compare import count, differences
from tests.engine.spark.facts import county_with_facts
from tests.generate.county import write_group
from tests.oracle.strategies import make_county, under_prefix

from kaohe.engine import connect, inputs_from_tables, open_inputs, score, write
from kaohe.scheme import load_scheme

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]

SECOND = ROOT / "tests" / "schemes" / "second"
COUNTIES = 3  # of 1,640 subjects each
SHAPES = 60


def test_the_example_county_comes_out_to_the_last_digit(tmp_path):
    inputs = open_inputs(SCHEME, EXAMPLE, connection=connect())
    write(score(SCHEME, inputs, engine="spark"), tmp_path / "out", TEXT, engine="spark")
    for name in ("results.csv", "consequences.csv"):
        assert rows_of(tmp_path / "out" / name) == rows_of(EXPECTED / name)


def test_a_province_is_the_same(tmp_path):
    write_group(tmp_path, range(1, 1 + COUNTIES), 7)
    inputs = open_inputs(SCHEME, tmp_path, connection=connect())
    assert differences(SCHEME, inputs) == []
    assert count(inputs, "FROM out_steps") == COUNTIES * 1_640
    assert count(inputs, "FROM out_consequences") > 0


def test_counties_of_every_shape_are_the_same():
    """Missing sheets, ties, nobody posted, no class, no event: what NULL and ties can do."""
    together = {}
    for seed in range(SHAPES):
        county = under_prefix(make_county(Random(seed)), f"C{seed:04d}")
        for name, rows in county.items():
            together.setdefault(name, []).extend(rows)
    inputs = inputs_from_tables(SCHEME, together, connection=connect(), partial=True)
    assert differences(SCHEME, inputs) == []


def test_points_measured_from_facts_are_the_same():
    tables = county_with_facts(7)
    inputs = inputs_from_tables(SCHEME, tables, connection=connect(), partial=True)
    assert differences(SCHEME, inputs) == []
    given = "SELECT subject_id FROM in_scores WHERE round = 'half_year' AND indicator = '1.5'"
    measured = f"\"half_year:1.5\" > 0 AND kind = '部门' AND subject_id NOT IN ({given})"
    assert count(inputs, f"FROM out_steps WHERE {measured}") > 0


def test_the_second_scheme_is_the_same():
    scheme = load_scheme(SECOND)
    inputs = open_inputs(scheme, SECOND / "input", connection=connect())
    assert differences(scheme, inputs) == []
