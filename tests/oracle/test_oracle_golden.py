"""The oracle must first be right itself: it reproduces the worked year to the last digit."""

import csv
from pathlib import Path

import pytest

from tests.oracle.county import Consequence, Row, Tables, assess

ROOT = Path(__file__).resolve().parents[2]
INPUT = ROOT / "examples" / "xx-county-2016"
EXPECTED = ROOT / "tests" / "golden" / "expected"
TABLES = ("subjects", "postings", "scores", "adjustments", "ballots", "determinations")


def read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def assessed() -> tuple[dict[str, Row], set[Consequence]]:
    tables: Tables = {name: read_csv(INPUT / f"{name}.csv") for name in TABLES}
    return assess(tables)


def test_the_oracle_gives_the_golden_results(assessed):
    results, _ = assessed
    assert results == {row["subject_id"]: row for row in read_csv(EXPECTED / "results.csv")}


def test_the_oracle_gives_the_golden_consequences(assessed):
    _, consequences = assessed
    expected = [
        (row["subject_id"], row["action"], row["basis"])
        for row in read_csv(EXPECTED / "consequences.csv")
    ]
    assert consequences == set(expected)
    assert len(consequences) == len(expected)
