"""What Hypothesis gives the engine: valid counties, and every shape among them."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from tests.oracle.county import Tables, assess, days_inside_the_year
from tests.oracle.maxima import (
    DEPARTMENT,
    MAXIMA,
    SECRETARY,
    SPECIAL,
    TEAM,
    TOWNSHIP,
    maxima_of,
    special_items,
)
from tests.oracle.strategies import counties, make_county

BOUNDARIES = {"59.99", "60.00", "74.99", "75.00", "89.99", "90.00"}


@pytest.fixture(scope="module")
def made() -> list[Tables]:
    return [make_county(Random(seed)) for seed in range(400)]


def test_the_maxima_of_every_kind_add_up_to_100():
    assert {kind: sum(points.values()) for kind, points in MAXIMA.items()} == dict.fromkeys(
        MAXIMA, 100
    )


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(counties())
def test_a_made_county_is_valid(tables):
    subjects = {row["subject_id"]: row for row in tables["subjects"]}
    assert len(subjects) == len(tables["subjects"])
    for row in (
        *tables["scores"],
        *tables["adjustments"],
        *tables["ballots"],
        *tables["determinations"],
        *tables["postings"],
    ):
        assert row["subject_id"] in subjects

    sheets: dict[tuple[str, str], list[str]] = {}
    for row in tables["scores"]:
        most = maxima_of(subjects[row["subject_id"]])[row["indicator"]]
        assert 0 <= Fraction(row["points"]) <= most
        assert len(row["points"].partition(".")[2]) <= 2
        sheets.setdefault((row["subject_id"], row["round"]), []).append(row["indicator"])
    for (subject_id, _), indicators in sheets.items():
        assert sorted(indicators) == sorted(maxima_of(subjects[subject_id]))

    events = [(r["subject_id"], r["round"], r["type"], r["item"]) for r in tables["adjustments"]]
    assert len(set(events)) == len(events)
    for row in tables["adjustments"]:
        assert Fraction(row["points"]) > 0
        assert subjects[row["subject_id"]]["kind"] != TEAM
        assert (row["subject_id"], row["round"]) in sheets

    ratings = [(row["subject_id"], row["round"]) for row in tables["ballots"]]
    assert len(set(ratings)) == len(ratings)
    for row in tables["postings"]:
        assert subjects[row["department_id"]]["kind"] == DEPARTMENT
        assert subjects[row["township_id"]]["kind"] == TOWNSHIP
        assert row["end"] == "" or row["start"] <= row["end"]
    recalls = [(row["subject_id"], row["type"]) for row in tables["determinations"]]
    assert len(set(recalls)) == len(recalls)


def test_the_same_random_state_makes_the_same_county():
    assert make_county(Random(7)) == make_county(Random(7))


def test_all_boundaries_are_hit_by_every_kind(made):
    hits = {
        (row["kind"], row["annual_score"])
        for tables in made
        for row in assess(tables)[0].values()
        if row["annual_score"] in BOUNDARIES
    }
    assert hits == {(kind, score) for kind in MAXIMA for score in BOUNDARIES}


def test_all_grades_awards_and_consequences_occur(made):
    seen = set()
    for tables in made:
        results, consequences = assess(tables)
        seen |= {action for _, action, _ in consequences}
        seen |= {row["grade"] for row in results.values()}
        seen |= {row["award"] for row in results.values()}
    assert seen == {
        *("", "优秀", "称职", "基本称职", "不称职"),
        *("一等奖", "二等奖", "三等奖"),
        *("约谈主要领导", "诫勉分管领导", "免职主要领导和分管领导", "建议主管部门处理"),
        *("召回", "启动问责程序"),
    }


def test_departments_send_secretaries_teams_both_or_neither(made):
    shapes = set()
    for tables in made:
        kinds = {row["subject_id"]: row["kind"] for row in tables["subjects"]}
        for department in (x for x, kind in kinds.items() if kind == DEPARTMENT):
            sent = {
                (row["subject_id"], kinds[row["subject_id"]])
                for row in tables["postings"]
                if row["department_id"] == department and days_inside_the_year(row) >= 180
            }
            count = Counter(kind for _, kind in sent)
            shapes.add((min(count[SECRETARY], 2), min(count[TEAM], 2)))
    assert shapes == {(secretaries, teams) for secretaries in range(3) for teams in range(3)}


def test_postings_last_around_180_days(made):
    days = {days_inside_the_year(row) for tables in made for row in tables["postings"]}
    assert days >= {179, 180, 181, 366}
    assert min(days) == 1


def test_every_subset_of_special_items_occurs(made):
    subsets = {
        tuple(special_items(row))
        for tables in made
        for row in tables["subjects"]
        if row["kind"] == DEPARTMENT
    }
    assert len(subsets) == 2 ** len(SPECIAL)


def test_reviews_and_ballots_are_missing_in_every_way(made):
    columns = ("half_year_review", "year_end_review", "half_year_ballot", "year_end_ballot")
    missing = {
        tuple(row[column] == "" for column in columns)
        for tables in made
        for row in assess(tables)[0].values()
        if row["kind"] == SECRETARY
    }
    assert len(missing) == 2 ** len(columns)


def test_reviews_reach_zero_and_more_than_100(made):
    reviews = {
        Fraction(row["half_year_review"])
        for tables in made
        for row in assess(tables)[0].values()
        if row["half_year_review"]
    }
    assert min(reviews) == 0
    assert max(reviews) == 110
