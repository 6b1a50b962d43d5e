"""Grades, quotas, vetoes, awards and ranks, at their boundaries and with ties.

Each county is a population of its own, so one run holds every case.
"""

import pytest
from tests.engine.plan.made import HEAD, run, score, subject

SCHEME = f"""{HEAD}
attributes:
  - {{code: zone, name: 片区, type: text, kinds: [人]}}
  - {{code: listed, name: 参评, type: flag, kinds: [人]}}
determinations:
  - {{code: veto, name: 否决, kinds: [人], basis: 四}}
  - {{code: lower, name: 不评优秀, kinds: [人], basis: 四}}
kinds:
  - name: 人
    code: person
    basis: 二
    indicators: [{{code: "1", name: 得分, points: 100, step: 0.01, basis: 二}}]
    results:
      - {{name: 得分, each_round: {{r: 全年得分}}, formula: 指标得分, column: {{r: score}}, basis: 三}}
      - {{name: 系数, formula: '如果(等次 == "优秀", 1.5, 1)', basis: 三, column: factor}}
    ranks:
      - {{name: 名次, of: 全年得分, column: place, basis: 四}}
      - {{name: 参评名次, of: 全年得分, among: 参评, basis: 四, column: listed_place}}
      - {{name: 片区倒数, of: 全年得分, within: [zone], start: bottom, basis: 四, column: bottom}}
    grade:
      name: 等次
      of: 全年得分
      basis: 四
      bands:
        - {{name: 优秀, at_least: 90}}
        - {{name: 称职, at_least: 75}}
        - {{name: 基本称职, at_least: 60}}
        - {{name: 不称职, at_least: 0}}
      overrides:
        - {{when: 否决, grade: 不称职, basis: 四}}
        - {{when: 不评优秀, only: [优秀], grade: 称职, basis: 四}}
      quotas:
        - {{grade: 优秀, share: 40%, then: 称职, basis: 四}}
      column: grade
    award:
      name: 奖项
      by: 名次
      places: [{{name: 一等奖, count: 1}}, {{name: 二等奖, count: 2}}]
      basis: 四
      column: award
    consequences:
      - {{action: 约谈, when: 全年得分 < 60 或 否决, basis: 五}}
      - {{action: 提醒, when: 片区倒数 <= 1 且 全年得分 < 75, basis: 五}}
columns:
  - {{column: score, label: 得分}}
  - {{column: factor, label: 系数, trim: true}}
  - {{column: place, label: 名次}}
  - {{column: listed_place, label: 参评名次}}
  - {{column: bottom, label: 倒数}}
  - {{column: grade, label: 等次}}
  - {{column: award, label: 奖项}}
"""

# A county a case: each person's points, and the column that they are to have.
CASES = {
    "bands": ("grade", [("90", "优秀"), ("89.99", "称职"), ("75", "称职"), ("74.99", "基本称职"), ("60", "基本称职"), ("59.99", "不称职"), ("0", "不称职")]),
    "40 % of 4 are 1": ("grade", [("99", "优秀"), ("98", "称职"), ("97", "称职"), ("50", "不称职")]),
    "40 % of 5 are 2": ("grade", [("99", "优秀"), ("98", "优秀"), ("97", "称职"), ("50", "不称职"), ("40", "不称职")]),
    "40 % of 2 are none": ("grade", [("99", "称职"), ("98", "称职")]),
    "a tie at the last place leaves all the tied out": ("grade", [("99", "优秀"), ("95", "称职"), ("95", "称职"), ("70", "基本称职"), ("70", "基本称职")]),
    "a tie that fits in is no tie": ("grade", [("99", "优秀"), ("99", "优秀"), ("95", "称职"), ("70", "基本称职"), ("70", "基本称职")]),
    "fewer than the quota": ("grade", [("99", "优秀"), ("70", "基本称职"), ("70", "基本称职"), ("70", "基本称职"), ("70", "基本称职")]),
    "the coefficient follows the grade": ("factor", [("99", "1.5"), ("98", "1.5"), ("97", "1"), ("96", "1"), ("95", "1")]),
    "places": ("place", [("90", "1"), ("80", "2"), ("80", "2"), ("79.99", "4"), ("0", "5")]),
    "awards": ("award", [("90", "一等奖"), ("80", "二等奖"), ("70", "二等奖"), ("60", "")]),
    "a tie across the first prize gives both the better": ("award", [("90", "一等奖"), ("90", "一等奖"), ("80", "二等奖"), ("70", "")]),
    "a tie across the last prize gives all of them one": ("award", [("90", "一等奖"), ("80", "二等奖"), ("70", "二等奖"), ("70", "二等奖"), ("60", "")]),
    "everybody ties": ("award", [("90", "一等奖"), ("90", "一等奖"), ("90", "一等奖"), ("90", "一等奖")]),
}  # fmt: skip
TIED = {
    "a tie at the last place leaves all the tied out": 2,
    "a tie across the first prize gives both the better": 2,
    "a tie across the last prize gives all of them one": 2,
    "everybody ties": 4,
}


@pytest.fixture(scope="module")
def made():
    subjects, scores = [], []
    for number, (_, people) in enumerate(CASES.values()):
        for place, (points, _) in enumerate(people):
            who = f"C{number:02d}-{place}"
            subjects.append(subject(who, "人", county=f"县{number}", zone="甲", listed="1"))
            scores.append(score(who, "1", points))
    return run(SCHEME, subjects=subjects, scores=scores)


def of_case(made, case):
    number = list(CASES).index(case)
    return [made.results[f"C{number:02d}-{place}"] for place in range(len(CASES[case][1]))]


@pytest.mark.parametrize("case", CASES)
def test_everybody_of_a_county_gets_what_is_theirs(made, case):
    column, people = CASES[case]
    assert [row[column] for row in of_case(made, case)] == [expected for _, expected in people]


@pytest.mark.parametrize("case", CASES)
def test_ties_that_somebody_has_to_decide_are_told(made, case):
    number = list(CASES).index(case)
    column = "奖项" if CASES[case][0] == "award" else "等次"
    told = [text for text in made.to_decide() if f"C{number:02d}-" in text and column in text]
    assert len(told) == TIED.get(case, 0)
    assert all("名额边界上有并列，请研究确定" in text for text in told)


@pytest.fixture(scope="module")
def determined():
    people = [("A1", 99), ("A2", 98), ("A3", 97), ("A4", 96), ("A5", 95), ("A6", 50)]
    return run(
        SCHEME,
        subjects=[
            subject(who, "人", zone="甲", listed="1" if who != "A3" else "0") for who, _ in people
        ],
        scores=[score(who, "1", points) for who, points in people],
        determinations=[
            {"subject_id": "A1", "type": "veto", "date": "2016-11-05", "reason": "事故"},
            {"subject_id": "A2", "type": "lower", "date": "2016-12-05", "reason": "督查"},
            {"subject_id": "A6", "type": "lower", "date": "2016-12-05", "reason": "督查"},
        ],
    )


def test_a_veto_sets_the_grade_and_frees_its_place(determined):
    grades = {who: row["grade"] for who, row in determined.results.items()}
    # 40 % of 6 are 2: A1 is vetoed and A2 lowered, so A3 and A4 are the excellent ones.
    assert grades == {
        "A1": "不称职",
        "A2": "称职",
        "A3": "优秀",
        "A4": "优秀",
        "A5": "称职",
        "A6": "不称职",
    }


def test_a_determination_only_for_one_grade_leaves_the_others(determined):
    assert determined.results["A6"]["grade"] == "不称职"


def test_a_veto_leaves_the_place_and_brings_its_consequence(determined):
    assert determined.results["A1"]["place"] == "1"
    assert determined.consequences() == {("A1", "约谈"), ("A6", "约谈"), ("A6", "提醒")}


def test_who_is_not_listed_has_no_place_and_takes_none(determined):
    places = {who: row["listed_place"] for who, row in determined.results.items()}
    assert places == {"A1": "1", "A2": "2", "A3": "", "A4": "3", "A5": "4", "A6": "5"}


def test_the_last_of_a_class_is_counted_from_below_with_ties():
    people = {"A1": ("甲", 50), "A2": ("甲", 50), "A3": ("甲", 60), "B1": ("乙", 40), "B2": ("乙", 99), "N1": ("", 45), "N2": ("", 46)}  # fmt: skip
    made = run(
        SCHEME,
        subjects=[subject(who, "人", zone=zone) for who, (zone, _) in people.items()],
        scores=[score(who, "1", points) for who, (_, points) in people.items()],
    )
    bottom = {who: row["bottom"] for who, row in made.results.items()}
    assert bottom == {"A1": "1", "A2": "1", "A3": "3", "B1": "1", "B2": "2", "N1": "1", "N2": "2"}
    assert {who for who, action in made.consequences() if action == "提醒"} == {
        "A1",
        "A2",
        "B1",
        "N1",
    }


def test_no_value_no_place_no_grade_and_no_consequence():
    made = run(
        SCHEME,
        partial=True,
        subjects=[subject("A1", "人", zone="甲"), subject("A2", "人", zone="甲")],
        scores=[score("A1", "1", 59)],
    )
    empty = made.results["A2"]
    assert {empty[c] for c in ("score", "place", "bottom", "grade", "award")} == {""}
    assert made.results["A1"]["place"] == made.results["A1"]["bottom"] == "1"
    assert {who for who, _ in made.consequences()} == {"A1"}


def test_a_tie_of_one_quota_is_still_told_after_the_next():
    first = "- {grade: 优秀, share: 40%, then: 称职, basis: 四}"
    second = "- {grade: 称职, share: 90%, then: 基本称职, basis: 四}"
    people = {"P0": 99, "P1": 95, "P2": 95, "P3": 70, "P4": 70}
    made = run(
        SCHEME.replace(first, f"{first}\n        {second}"),
        subjects=[subject(who, "人", zone="甲") for who in people],
        scores=[score(who, "1", points) for who, points in people.items()],
    )
    assert [row["grade"] for _, row in sorted(made.results.items())] == [
        "优秀",
        "称职",
        "称职",
        "基本称职",
        "基本称职",
    ]
    assert [text.split()[1][:2] for text in made.to_decide() if "等次" in text] == ["P1", "P2"]
