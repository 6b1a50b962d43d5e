"""A run's own copy reads back as the same input, and the fingerprint is of the content alone."""

import hashlib
import random

import duckdb
import pyarrow.parquet as pq
import pytest
from tests.engine.tables.cast import SCHEME, county, write_csv
from tests.engine.tables.spoil import cell, only_header, with_column
from tests.engine.tables.test_parquet import write_parquet

from kaohe.engine.tables import open_inputs


def opened(folder):
    return open_inputs(SCHEME, folder, connection=duckdb.connect())


def test_what_is_kept_reads_back_the_same(tmp_path):
    inputs = opened(write_csv(county(), tmp_path / "csv"))
    digests = inputs.save(tmp_path / "kept")
    assert sorted(digests) == [f"{name}.parquet" for name in sorted(county())]
    for name, digest in digests.items():
        assert hashlib.sha256((tmp_path / "kept" / name).read_bytes()).hexdigest() == digest
    again = opened(tmp_path / "kept")
    assert again.fingerprint() == inputs.fingerprint()
    assert again.save(tmp_path / "again")["scores.parquet"] == digests["scores.parquet"]


def test_kept_points_are_what_people_read(tmp_path):
    opened(write_csv(county(), tmp_path / "csv")).save(tmp_path / "kept")
    with duckdb.connect() as database:
        found = database.execute(
            f"SELECT typeof(points), max(points) FROM '{tmp_path}/kept/scores.parquet' GROUP BY 1"
        ).fetchall()
    assert [(kind, str(most)) for kind, most in found] == [("DECIMAL(9,2)", "93.00")]


def test_a_table_without_rows_is_not_kept(tmp_path):
    tables = county()
    only_header("adjustments")(tables)
    assert "adjustments.parquet" not in opened(write_csv(tables, tmp_path / "csv")).save(
        tmp_path / "kept"
    )


def test_scores_that_already_are_as_kept_are_copied(tmp_path):
    folder = write_parquet(county(), tmp_path / "p")
    opened(folder).save(tmp_path / "kept")
    assert (tmp_path / "kept/scores.parquet").read_bytes() == (
        folder / "scores.parquet"
    ).read_bytes()


def test_scores_in_chinese_words_are_kept_in_codes(tmp_path):
    tables = county()
    cell("scores", 2, "round", "半年考核")(tables)
    opened(write_parquet(tables, tmp_path / "p")).save(tmp_path / "kept")
    assert set(pq.read_table(tmp_path / "kept/scores.parquet")["round"].to_pylist()) == {
        "half_year",
        "year_end",
    }


def test_the_order_of_rows_and_columns_makes_no_difference(tmp_path):
    tables = county()
    for rows in tables.values():
        body = rows[1:]
        random.Random(1).shuffle(body)
        rows[1:] = body
        order = random.Random(2).sample(range(len(rows[0])), len(rows[0]))
        rows[:] = [[row[place] for place in order] for row in rows]
    assert (
        opened(write_csv(tables, tmp_path / "b")).fingerprint()
        == opened(write_csv(county(), tmp_path / "a")).fingerprint()
    )


@pytest.mark.parametrize(
    "change",
    [
        cell("scores", 2, "points", "3.51"),
        cell("subjects", 2, "name", "青山镇"),
        cell("adjustments", 2, "reason", "省级表彰2"),
        cell("facts", 2, "period", "2016-04"),
        with_column("subjects", "county", *["东县"] * 7),
    ],
)
def test_any_change_of_content_makes_a_difference(tmp_path, change):
    tables = county()
    change(tables)
    assert (
        opened(write_csv(tables, tmp_path / "b")).fingerprint()
        != opened(write_csv(county(), tmp_path / "a")).fingerprint()
    )


def test_the_spelling_of_a_value_makes_no_difference(tmp_path):
    tables = county()
    cell("scores", 2, "points", "3.50")(tables)
    cell("scores", 2, "round", "半年考核")(tables)
    cell("ballots", 3, "abstain", "0")(tables)
    assert (
        opened(write_csv(tables, tmp_path / "b")).fingerprint()
        == opened(write_csv(county(), tmp_path / "a")).fingerprint()
    )
