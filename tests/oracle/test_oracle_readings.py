"""Worked cases of the readings that the golden year has no example of, reckoned by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.oracle.county import Row, Tables, assess, half_up
from tests.oracle.maxima import (
    DEPARTMENT,
    MAXIMA,
    SECRETARY,
    TEAM,
    TECHNICIAN,
    TOWNSHIP,
    maxima_of,
)


class Case:
    """Tables built a line at a time; a sheet gives every indicator the same share of its most."""

    def __init__(self) -> None:
        names = ("subjects", "postings", "scores", "adjustments", "ballots", "determinations")
        self.tables: Tables = {name: [] for name in names}

    def subject(self, subject_id: str, kind: str, **columns: str) -> Row:
        empty = ("class", "special_items", "project_township", "reduction_task_met", "vertical")
        row = {"subject_id": subject_id, "kind": kind, "name": subject_id}
        row |= dict.fromkeys(empty, "") | columns
        self.tables["subjects"].append(row)
        return row

    def sheet(self, subject: Row, *rounds: str, percent: int) -> None:
        self.tables["scores"] += [
            {
                "subject_id": subject["subject_id"],
                "round": name,
                "indicator": indicator,
                "points": str(Decimal(percent) * most / 100),
            }
            for name in rounds
            for indicator, most in maxima_of(subject).items()
        ]

    def ballots(self, subject: Row, *rounds: str, counts: tuple[int, ...]) -> None:
        columns = ("excellent", "competent", "basically_competent", "incompetent", "abstain")
        self.tables["ballots"] += [
            {"subject_id": subject["subject_id"], "round": name}
            | dict(zip(columns, map(str, counts), strict=True))
            for name in rounds
        ]

    def posting(
        self, subject_id: str, department: str, township: str, start: str, end: str
    ) -> None:
        row = {"subject_id": subject_id, "department_id": department, "township_id": township}
        self.tables["postings"].append(row | {"village": "V", "start": start, "end": end})

    def posted(self, subject_id: str, kind: str, percent: int) -> None:
        """Somebody with both rounds and an annual score of percent × 0.6 + 40."""
        subject = self.subject(subject_id, kind)
        self.sheet(subject, "half_year", "year_end", percent=percent)
        self.ballots(subject, "half_year", "year_end", counts=(5, 0, 0, 0, 0))

    def annual(self, subject_id: str) -> str:
        return assess(self.tables)[0][subject_id]["annual_score"]


@pytest.fixture
def case() -> Case:
    return Case()


def both(case: Case, subject: Row, percent: int) -> None:
    case.sheet(subject, "half_year", "year_end", percent=percent)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("59.995", "60"), ("59.9949", "59.99"), ("0.005", "0.01"), ("89.994999", "89.99")],
)
def test_a_half_goes_up(value, rounded):
    assert half_up(Fraction(value)) == Fraction(rounded)


@pytest.mark.parametrize(
    ("end", "score"),
    # Own reviews 80; with the secretary at 100: 100 * 0.2 + 80 * 0.8.
    [("2016-06-27", "80.00"), ("2016-06-28", "84.00"), ("2016-06-29", "84.00")],
)
def test_a_posting_counts_from_180_days_on(case, end, score):
    case.subject("D", DEPARTMENT)
    both(case, case.subject("T", TOWNSHIP), 80)
    case.posted("S", SECRETARY, 100)
    case.posting("S", "D", "T", "2015-01-01", end)
    assert case.annual("T") == score


def test_two_postings_to_one_unit_are_neither_added_up_nor_counted_twice(case):
    case.subject("D", DEPARTMENT)
    for township in ("T", "U"):
        both(case, case.subject(township, TOWNSHIP), 80)
    case.posted("S", SECRETARY, 100)
    case.posted("R", SECRETARY, 50)
    # 183 days twice in T, beside R with 70: the mean is 85, not (100 + 100 + 70) / 3.
    case.posting("S", "D", "T", "2016-01-01", "2016-07-01")
    case.posting("S", "D", "T", "2016-07-02", "")
    case.posting("R", "D", "T", "2016-01-01", "")
    # 100 and 100 days in U.
    case.posting("R", "D", "U", "2016-01-01", "2016-04-09")
    case.posting("R", "D", "U", "2016-05-01", "2016-08-08")
    assert case.annual("T") == "81.00"
    assert case.annual("U") == "80.00"


@pytest.mark.parametrize(
    ("sent", "score"),
    [
        ((), "50.00"),
        # 100 * 0.4 + 50 * 0.6, then 70 * 0.4 + 50 * 0.6, then 91 * 0.4 + 50 * 0.6.
        ((SECRETARY,), "70.00"),
        ((TEAM,), "58.00"),
        ((SECRETARY, TEAM), "66.40"),
        ((TECHNICIAN,), "50.00"),
    ],
)
def test_what_a_department_sent_counts_whole_when_it_is_one_kind(case, sent, score):
    case.subject("T", TOWNSHIP)
    both(case, case.subject("D", DEPARTMENT), 50)
    for kind in sent:
        case.posted(kind, kind, 50 if kind == TEAM else 100)
        case.posting(kind, "D", "T", "2016-01-01", "")
    assert case.annual("D") == score


@pytest.mark.parametrize(
    ("items", "common", "special", "score"),
    [
        ("", 60, 0, "60.00"),
        ("2.2", 60, 30, "45.00"),
        ("2.1;2.3", 60, 30, "45.00"),
        ("2.1;2.2;2.3", 60, 30, "45.00"),
    ],
)
def test_special_indicators_weigh_50_whichever_apply(case, items, common, special, score):
    department = case.subject("D", DEPARTMENT, special_items=items)
    both(case, department, common)
    for row in case.tables["scores"]:
        if row["indicator"].startswith("2."):
            row["points"] = str(Decimal(special) * MAXIMA[DEPARTMENT][row["indicator"]] / 100)
    assert case.annual("D") == score


@pytest.mark.parametrize(
    ("reviewed", "rated", "score"),
    [
        (("half_year", "year_end"), ("half_year", "year_end"), "88.00"),
        (("half_year",), ("half_year",), "88.00"),
        (("year_end",), ("year_end",), "88.00"),
        ((), (), ""),
        (("half_year", "year_end"), ("half_year",), ""),
        (("half_year",), ("half_year", "year_end"), ""),
        (("half_year",), ("year_end",), ""),
        (("half_year", "year_end"), (), ""),
    ],
)
def test_one_whole_round_is_enough_and_half_a_round_is_not(case, reviewed, rated, score):
    subject = case.subject("S", SECRETARY)
    case.sheet(subject, *reviewed, percent=80)
    case.ballots(subject, *rated, counts=(3, 0, 0, 0, 2))
    result = assess(case.tables)[0]["S"]
    assert result["annual_score"] == score
    assert (result["rank"], result["grade"]) == (("1", "称职") if score else ("", ""))
    assert result["bonus_ratio"] == ("1" if score else "")


def test_ballots_that_count_for_nothing_are_no_score_of_zero(case):
    subject = case.subject("S", SECRETARY)
    both(case, subject, 80)
    case.ballots(subject, "half_year", "year_end", counts=(0, 0, 0, 0, 9))
    result = assess(case.tables)[0]["S"]
    assert (result["half_year_ballot"], result["annual_score"]) == ("", "")


def test_a_unit_without_one_of_its_reviews_has_no_score_rank_or_award(case):
    case.sheet(case.subject("T", TOWNSHIP, project_township="1"), "half_year", percent=50)
    results, consequences = assess(case.tables)
    assert results["T"]["half_year_review"] == "50.00"
    assert {results["T"][name] for name in ("annual_score", "rank", "award")} == {""}
    assert not consequences


def test_a_tie_across_an_award_boundary_gives_the_better_award_to_project_townships(case):
    for number, percent in enumerate((90, 80, 70, 70, 60)):
        both(case, case.subject(f"T{number}", TOWNSHIP, project_township="1"), percent)
    both(case, case.subject("T9", TOWNSHIP, project_township="0"), 100)
    results, _ = assess(case.tables)
    assert [results[f"T{n}"]["award"] for n in (9, 0, 1, 2, 3, 4)] == [
        "",
        *["一等奖"] * 4,
        "二等奖",
    ]
    assert [results[f"T{n}"]["rank"] for n in (9, 0, 1, 2, 3, 4)] == ["1", "2", "3", "4", "4", "6"]


@pytest.mark.parametrize(
    ("columns", "action"),
    [
        ({"reduction_task_met": "0"}, "免职主要领导和分管领导"),
        ({"reduction_task_met": "0", "vertical": "1"}, "建议主管部门处理"),
        ({"reduction_task_met": "1"}, None),
        ({"reduction_task_met": ""}, None),
        # Fourth from the bottom in its class.
        ({"reduction_task_met": "0", "class": "甲"}, None),
    ],
)
def test_dismissal_needs_a_known_failure_among_the_last_three_of_a_class(case, columns, action):
    both(case, case.subject("D", DEPARTMENT, **columns), 70)
    for number in range(3):
        both(case, case.subject(f"E{number}", DEPARTMENT, **{"class": "甲"}), 60)
    _, consequences = assess(case.tables)
    found = {action for subject_id, action, _ in consequences if subject_id == "D"}
    assert found == {"约谈主要领导", "诫勉分管领导"} | ({action} if action else set())


@pytest.mark.parametrize("scored", [True, False])
def test_recall_makes_the_grade_whatever_the_score_and_keeps_score_and_rank(case, scored):
    if scored:
        case.posted("S", SECRETARY, 100)
    else:
        case.subject("S", SECRETARY)
    case.tables["determinations"].append(
        {"subject_id": "S", "type": "recalled", "date": "2016-05-01", "reason": "履职不力"}
    )
    results, consequences = assess(case.tables)
    assert (results["S"]["grade"], results["S"]["bonus_ratio"]) == ("不称职", "0")
    assert results["S"]["annual_score"] == ("100.00" if scored else "")
    assert {action for _, action, _ in consequences} == {"召回", "启动问责程序"}
