"""The generated years are valid, complete, and the same again for a seed."""

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from tests.generate.county import TABLES, Shape, write_county, write_group
from tests.oracle.county import Tables, assess
from tests.oracle.maxima import MAXIMA, POSTED, TEAM, maxima_of

SMALL = Shape(townships=5, departments=9, secretaries=20, teams=30, technicians=25)


@pytest.fixture(scope="module")
def group(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("group")
    write_group(folder, range(1, 5), 1, SMALL)
    return folder


def rows_of(folder: Path, table: str, where: str = "true") -> list[tuple]:
    return duckdb.sql(f"SELECT * FROM '{folder / table}.parquet' WHERE {where}").fetchall()


def as_read(folder: Path) -> Tables:
    tables = {}
    for name in TABLES:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def test_a_county_is_valid_and_complete(tmp_path):
    write_county(tmp_path, 1, SMALL)
    tables = as_read(tmp_path)
    subjects = {row["subject_id"]: row for row in tables["subjects"]}
    assert Counter(row["kind"] for row in subjects.values()) == dict(
        zip(MAXIMA, (5, 9, 20, 30, 25), strict=True)
    )
    wanted = [
        (subject_id, round_, indicator)
        for subject_id, row in subjects.items()
        for round_ in ("half_year", "year_end")
        for indicator in maxima_of(row)
    ]
    found = [(row["subject_id"], row["round"], row["indicator"]) for row in tables["scores"]]
    assert sorted(found) == sorted(wanted)
    for row in tables["scores"]:
        assert (
            0 <= Fraction(row["points"]) <= maxima_of(subjects[row["subject_id"]])[row["indicator"]]
        )
    posted = {subject_id for subject_id, row in subjects.items() if row["kind"] in POSTED}
    assert Counter(row["subject_id"] for row in tables["ballots"]) == dict.fromkeys(posted, 2)
    assert {row["subject_id"] for row in tables["postings"]} == posted
    for row in tables["postings"]:
        assert row["department_id"] in subjects
        assert row["township_id"] in subjects
    assert all(subjects[row["subject_id"]]["kind"] != TEAM for row in tables["adjustments"])
    assert all(row["annual_score"] for row in assess(tables)[0].values())


def test_a_county_has_a_realistic_size_and_all_grades(tmp_path):
    rows = write_county(tmp_path, 1)
    assert rows["subjects"] == 1640
    assert 22_000 < rows["scores"] < 23_000
    persons = Shape(1, 1, 400, 1, 1)
    write_county(tmp_path, 1, persons)
    grades = Counter(row["grade"] for row in assess(as_read(tmp_path))[0].values() if row["grade"])
    assert set(grades) == {"优秀", "称职", "基本称职", "不称职"}
    assert grades["称职"] > grades["优秀"]


def test_a_seed_gives_the_same_files_again_and_another_seed_others(tmp_path, group):
    write_group(tmp_path / "again", range(1, 5), 1, SMALL)
    write_group(tmp_path / "other", range(1, 5), 2, SMALL)
    for name in TABLES:
        file = f"{name}.parquet"
        assert (tmp_path / "again" / file).read_bytes() == (group / file).read_bytes()
    assert rows_of(tmp_path / "other", "scores") != rows_of(group, "scores")


def test_a_county_is_the_same_in_any_group(tmp_path, group):
    write_group(tmp_path, range(3, 9), 1, SMALL)
    for name in TABLES:
        mine = "subject_id LIKE 'C0003-%'"
        assert rows_of(tmp_path, name, mine) == rows_of(group, name, mine)


def test_a_group_has_the_types_that_the_engine_reads(group):
    columns = {
        name: dict(
            duckdb.sql(
                f"SELECT column_name, column_type FROM (DESCRIBE FROM '{group / name}.parquet')"
            ).fetchall()
        )
        for name in TABLES
    }
    assert columns["scores"]["points"] == columns["adjustments"]["points"] == "DECIMAL(9,2)"
    assert columns["postings"]["start"] == columns["postings"]["end"] == "DATE"
    assert columns["determinations"]["date"] == "DATE"
    assert {columns["ballots"][name] for name in ("excellent", "incompetent", "abstain")} == {
        "INTEGER"
    }
    assert columns["subjects"]["vertical"] == "INTEGER"


def test_a_group_numbers_its_counties_and_prefixes_every_id(group):
    subjects = rows_of(group, "subjects")
    assert Counter(row[-1] for row in subjects) == dict.fromkeys(
        ("C0001", "C0002", "C0003", "C0004"), 89
    )
    ids = {row[0] for row in subjects}
    assert "C0001-T003" in ids
    assert {row[1] for row in rows_of(group, "postings")} <= ids
    assert {row[2] for row in rows_of(group, "postings")} <= ids
