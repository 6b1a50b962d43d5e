"""The county at the limits that its scheme states: what was proved of integers holds in DuckDB."""

from fractions import Fraction

import pyarrow as pa
import pytest
from tests.engine.county import SCHEME
from tests.oracle.county import half_up

from kaohe.engine import outcome_rows, score_tables

LIMITS = SCHEME.limits
ROUNDS = ("half_year", "year_end")


def table(columns, rows):
    arrays = zip(*rows, strict=True)
    return pa.table({name: list(cells) for name, cells in zip(columns, arrays, strict=True)})


@pytest.fixture(scope="module")
def county():
    """One department and one township with as many people as may be, all at full points.

    S00000 has as many ballots of each choice as may be, less one; a thousand events of 100 points.
    """
    people = [f"S{n:05d}" for n in range(LIMITS.linked)]
    who = [("D1", "部门", "财政局"), ("T1", "乡镇", "青山乡")]
    who += [(p, "第一书记", p) for p in people]
    special = ["2.1;2.2;2.3" if kind == "部门" else "" for _, kind, _ in who]
    scores = []
    for subject, kind, _ in who:
        for leaf in SCHEME.kind(kind).leaves():
            points = "0" if subject == "S00001" else str(leaf.points)
            scores += [(subject, r, leaf.code, points) for r in ROUNDS]
    ballots = [(p, r, "100000", "0", "0", "0", "0") for p in people[2:] for r in ROUNDS]
    most = str(LIMITS.ballots)
    ballots += [("S00000", r, most, most, most, str(LIMITS.ballots - 1), most) for r in ROUNDS]
    ballots += [("S00001", r, "0", "0", "0", most, "0") for r in ROUNDS]
    events = [
        (subject, r, "bonus", "bonus-1", str(LIMITS.event_points), f"第 {n} 件")
        for subject in ("D1", "T1", "S00000")
        for r in ROUNDS
        for n in range(LIMITS.events)
    ]
    subjects = table(("subject_id", "kind", "name"), who).append_column("special_items", [special])
    outcome = score_tables(
        SCHEME,
        {
            "subjects": subjects,
            "scores": table(("subject_id", "round", "indicator", "points"), scores),
            "ballots": table(
                (
                    "subject_id",
                    "round",
                    "excellent",
                    "competent",
                    "basically_competent",
                    "incompetent",
                    "abstain",
                ),
                ballots,
            ),
            "adjustments": table(
                ("subject_id", "round", "type", "item", "points", "reason"), events
            ),
            "postings": table(
                ("subject_id", "department_id", "township_id", "start", "end"),
                [(p, "D1", "T1", "2016-01-01", "") for p in people],
            ),
        },
    )
    return {row["subject_id"]: row for row in outcome_rows(outcome)}


def exact(value):
    return f"{float(half_up(value)):.2f}"


def test_the_most_ballots_give_the_exact_mean(county):
    n = LIMITS.ballots
    mean = Fraction(100 * n + 80 * n + 60 * n, 4 * n - 1)
    assert county["S00000"]["half_year_ballot"] == exact(mean) == "60.00"
    assert county["S00001"]["half_year_ballot"] == "0.00"


def test_the_most_events_are_capped(county):
    assert county["S00000"]["half_year_review"] == "110.00"
    assert county["D1"]["year_end_review"] == county["T1"]["year_end_review"] == "110.00"


def test_the_most_people_give_the_exact_mean(county):
    assert county["S00002"]["annual_score"] == "100.00"
    assert county["S00001"]["annual_score"] == "0.00"
    assert county["S00000"]["annual_score"] == "90.00"  # 110 × 0.6 + 60 × 0.4
    mean = Fraction(90 + 100 * (LIMITS.linked - 2), LIMITS.linked)
    assert county["T1"]["annual_score"] == exact(mean * Fraction(1, 5) + 110 * Fraction(4, 5))
    assert county["D1"]["annual_score"] == exact(mean * Fraction(2, 5) + 110 * Fraction(3, 5))


def test_ten_thousand_share_a_place(county):
    assert county["S00002"]["rank"] == county["S09999"]["rank"] == "1"
    assert county["S00000"]["rank"] == str(LIMITS.linked - 1)
    assert county["S00001"]["rank"] == str(LIMITS.linked)
