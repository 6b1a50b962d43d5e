"""The first alternative that has a value is taken, if its condition holds; else there is none."""

import pytest
from tests.engine.plan.made import HALVES, run, score, subject

SCHEME = f"""{HALVES}
attributes:
  - {{code: late, name: 新任, type: flag, kinds: [人]}}
kinds:
  - name: 人
    code: person
    basis: 二
    indicators: [{{code: "1", name: 得分, points: 100, step: 0.01, basis: 二}}]
    results:
      - {{name: 考核, each_round: {{half: 半年, r: 全年}}, formula: 指标得分, column: {{half: half, r: full}}, basis: 三}}
      - name: 年度
        formula: 平均(半年, 全年)
        otherwise:
          - {{when: 新任, formula: 全年 × 0.9, basis: 三}}
          - {{when: 有值(半年), formula: 半年 × 0.5, basis: 三}}
        column: year
        basis: 三
      - name: 取整数
        formula: 平均(半年, 全年)
        precision: 0
        column: whole
        basis: 三
      - {{name: 舍, formula: 半年 ÷ 3, precision: 1, rounding: down, column: down, basis: 三}}
      - {{name: 入, formula: 半年 ÷ 3, precision: 1, rounding: up, column: up, basis: 三}}
      - {{name: 商, formula: 半年 ÷ 全年, column: ratio, basis: 三}}
columns:
  - {{column: half, label: 半年}}
  - {{column: full, label: 全年}}
  - {{column: year, label: 年度}}
  - {{column: whole, label: 取整}}
  - {{column: down, label: 舍}}
  - {{column: up, label: 入}}
  - {{column: ratio, label: 商}}
"""

# New in office, half a year, whole year; the year's score and which way it was computed.
CASES = [
    ("0", "80", "90.01", "85.01", 1),  # 85.005
    ("1", "80", "90", "85.00", 1),
    ("1", None, "90", "81.00", 2),
    ("0", None, "90", "", None),
    ("", None, "90", "", None),  # not known whether new: the condition does not hold
    ("1", "80", None, "40.00", 3),  # 全年 has no value, so neither has the second way
    ("0", "80", None, "40.00", 3),
    ("1", None, None, "", None),
]


@pytest.fixture(scope="module")
def made():
    subjects, scores = [], []
    for number, (late, half, full, *_) in enumerate(CASES):
        who = f"P{number}"
        subjects.append(subject(who, "人", late=late))
        given = (("half", half), ("r", full))
        scores += [score(who, "1", p, round=r) for r, p in given if p is not None]
    extra = {"Q1": ("50", "0"), "Q2": ("59.99", "60"), "Q3": ("99.99", "99")}
    for who, (half, full) in extra.items():
        subjects.append(subject(who, "人"))
        scores += [score(who, "1", half, round="half"), score(who, "1", full)]
    return run(SCHEME, partial=True, subjects=subjects, scores=scores)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_first_way_that_has_a_value_is_taken(made, number):
    *_, expected, way = CASES[number]
    assert made.results[f"P{number}"]["year"] == expected
    assert made.steps[f"P{number}"]["年度#alt"] == way


def test_a_round_that_never_was_has_no_value_and_is_not_zero(made):
    assert made.results["P2"]["half"] == ""
    assert made.results["P2"]["full"] == "90.00"


def test_division_by_zero_has_no_value(made):
    assert made.results["Q1"]["ratio"] == ""
    assert made.results["Q2"]["ratio"] == "1.00"  # 0.99983…


def test_precision_and_direction_are_the_result_s_own(made):
    assert made.results["Q2"]["whole"] == "60.00"  # 59.995
    assert made.results["Q1"]["whole"] == "25.00"
    assert (made.results["Q1"]["down"], made.results["Q1"]["up"]) == ("16.60", "16.70")
    assert (made.results["Q3"]["down"], made.results["Q3"]["up"]) == ("33.30", "33.40")  # 33.33
