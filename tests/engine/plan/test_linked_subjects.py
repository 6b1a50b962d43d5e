"""Who counts for a unit, and what the unit makes of them."""

import pytest
from tests.engine.plan.made import HALVES, run, score, subject

SCHEME = f"""{HALVES}
links:
  - {{code: unit_id, name: 单位, to: 单位, kinds: [人], min_service_days: 180, basis: 三}}
  - {{code: mentor_id, name: 联系人, to: 人, kinds: [单位], basis: 三}}
kinds:
  - name: 单位
    code: unit
    basis: 二
    indicators: [{{code: "1", name: 得分, points: 100, basis: 二}}]
    results:
      - {{name: 自评, each_round: {{r: 全年自评}}, formula: 指标得分, basis: 三}}
      - name: 总分
        formula: 平均(人.全年) × 0.4 + 全年自评 × 0.6
        otherwise:
          - {{when: 计数(人.全年) = 0, formula: 全年自评, basis: 三, reading: 没有人的以自评为准。}}
        column: score
        basis: 三
      - {{name: 人数, formula: 计数(人.全年), column: count, basis: 三}}
      - {{name: 最低, formula: 最小(人.全年), column: least, basis: 三}}
      - {{name: 最高, formula: 最大(人.全年), column: most, basis: 三}}
      - {{name: 合计, formula: 求和(人.全年), column: sum, basis: 三}}
  - name: 人
    code: person
    basis: 二
    indicators: [{{code: "1", name: 得分, points: 100, basis: 二}}]
    results:
      - {{name: 得分, each_round: {{r: 全年}}, formula: 指标得分, column: {{r: score}}, basis: 三}}
      - name: 综合
        formula: 全年 × 0.9 + 平均(单位.总分) × 0.1
        otherwise: [{{formula: 全年, basis: 三}}]
        column: overall
        basis: 三
columns:
  - {{column: score, label: 得分}}
  - {{column: count, label: 人数, trim: true}}
  - {{column: least, label: 最低}}
  - {{column: most, label: 最高}}
  - {{column: sum, label: 合计}}
  - {{column: overall, label: 综合}}
"""

# One person, one unit each; start and end of the postings; whether the person counts.
SERVED = {
    "180 days from New Year": ([("2016-01-01", "2016-06-28")], True),
    "179 days from New Year": ([("2016-01-01", "2016-06-27")], False),
    "180 days until the end": ([("2016-07-05", "")], True),
    "179 days until the end": ([("2016-07-06", "")], False),
    "the year before does not count": ([("2015-01-01", "2016-06-27")], False),
    "nor does the year after": ([("2016-07-06", "2017-12-31")], False),
    "longer than the year": ([("2014-01-01", "2018-12-31")], True),
    "two halves of 90 days are not one": ([("2016-01-01", "2016-03-30"), ("2016-05-01", "2016-07-29")], False),
    "two long ones count once": ([("2016-01-01", "2016-06-28"), ("2016-06-30", "")], True),
}  # fmt: skip


def posting(who, unit, start, end, mentor=""):
    return {"subject_id": who, "unit_id": unit, "mentor_id": mentor, "start": start, "end": end}


@pytest.fixture(scope="module")
def served():
    subjects, scores, postings = [], [], []
    for number, (periods, _) in enumerate(SERVED.values()):
        subjects += [subject(f"U{number}", "单位"), subject(f"P{number}", "人")]
        for r in ("half", "r"):
            scores += [score(f"U{number}", "1", 90, round=r), score(f"P{number}", "1", 50, round=r)]
        postings += [posting(f"P{number}", f"U{number}", *period) for period in periods]
    return run(SCHEME, partial=True, subjects=subjects, scores=scores, postings=postings)


@pytest.mark.parametrize("case", SERVED)
def test_a_posting_counts_from_180_days_of_the_year_on(served, case):
    row = served.results[f"U{list(SERVED).index(case)}"]
    counts = SERVED[case][1]
    assert row["count"] == ("1" if counts else "0")
    assert row["score"] == ("74.00" if counts else "90.00")
    assert row["least"] == row["most"] == row["sum"] == ("50.00" if counts else "")


@pytest.fixture(scope="module")
def team():
    """U1 has four people, one of them without a score; U1 is mentored by P1 in turn."""
    people = {"P1": 90, "P2": 80.5, "P3": 61}
    subjects = [subject(who, "人") for who in (*people, "P4", "P5")]
    subjects += [subject("U1", "单位"), subject("U2", "单位")]
    scores = [score(who, "1", p, round=r) for who, p in people.items() for r in ("half", "r")]
    scores += [score(u, "1", 70, round=r) for u in ("U1", "U2", "P5") for r in ("half", "r")]
    postings = [posting(who, "U1", "2016-01-01", "") for who in (*people, "P4")]
    postings += [posting("U1", "", "2016-03-01", "", mentor="P1")]
    return run(SCHEME, partial=True, subjects=subjects, scores=scores, postings=postings)


def test_a_unit_sees_the_mean_sum_least_and_most_of_those_with_a_value(team):
    row = team.results["U1"]
    assert (row["count"], row["sum"]) == ("3", "231.50")
    assert (row["least"], row["most"]) == ("61.00", "90.00")
    assert row["score"] == "72.87"  # 231.5/3 × 0.4 + 42 = 72.8666…


def test_a_unit_without_anybody_takes_what_the_scheme_says(team):
    assert (team.results["U2"]["score"], team.results["U2"]["count"]) == ("70.00", "0")
    assert team.steps["U2"]["总分#alt"] == 2
    assert team.steps["U1"]["总分#alt"] == 1


def test_a_person_may_rest_on_the_unit_that_rests_on_the_person(team):
    assert team.results["P1"]["overall"] == "88.29"  # 90 × 0.9 + 72.87 × 0.1 = 88.287
    assert team.results["P2"]["overall"] == "80.50"  # mentors nobody
    assert team.results["P4"]["overall"] == ""
