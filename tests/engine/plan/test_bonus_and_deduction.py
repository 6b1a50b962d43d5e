"""Events are capped by item, then by side, in each round; rules give what no row gives."""

import pytest
from tests.engine.plan.made import HALVES, fact, run, score, subject

SCHEME = f"""{HALVES}
facts:
  - {{code: capital, name: 募集, kinds: [镇], maximum: 1000}}
kinds:
  - name: 镇
    code: town
    basis: 二
    indicators: [{{code: "1", name: 得分, points: 100, basis: 二}}]
    bonus:
      name: 奖励分
      cap: 10
      basis: 二
      items:
        - {{code: honour, name: 表彰, cap: 4, basis: 二}}
        - {{code: model, name: 推广, basis: 二}}
        - code: capital
          name: 募集资金
          cap: 5
          basis: 二
          measure:
            basis: 二
            rounds: [r]
            rule: {{type: ladder, fact: 募集, start: 20, first: 1, every: 10, add: 1, most: 9}}
    deduction:
      name: 惩戒分
      cap: 8
      basis: 二
      items:
        - {{code: notice, name: 通报, cap: 3, basis: 二}}
        - {{code: case, name: 督办, basis: 二}}
    results:
      - {{name: 得分, each_round: {{half: 半年得分, r: 全年得分}}, formula: "最大(0, 指标得分 + 奖励分 - 惩戒分)", column: {{half: half, r: full}}, basis: 三}}
columns:
  - {{column: half, label: 半年}}
  - {{column: full, label: 全年}}
"""

# Rows of half a year (type, item, points), and what 50 points become.
CASES = {
    "nothing": ([], "50.00"),
    "one event": ([("bonus", "model", "2.5")], "52.50"),
    "an item's cap": ([("bonus", "honour", "3"), ("bonus", "honour", "3")], "54.00"),
    "an item at its cap": ([("bonus", "honour", "4")], "54.00"),
    "a side's cap": ([("bonus", "model", "7"), ("bonus", "model", "7")], "60.00"),
    "items capped before the side": ([("bonus", "honour", "9"), ("bonus", "model", "5.99")], "59.99"),
    "both sides": ([("bonus", "model", "3"), ("deduction", "case", "1.25")], "51.75"),
    "a deduction's cap": ([("deduction", "notice", "9"), ("deduction", "case", "9")], "42.00"),
    "a deduction's item": ([("deduction", "notice", "2"), ("deduction", "notice", "2")], "47.00"),
}  # fmt: skip


def event(who, type_, item, points, round_="half", reason=""):
    return {
        "subject_id": who,
        "round": round_,
        "type": type_,
        "item": item,
        "points": points,
        "reason": reason,
    }


@pytest.fixture(scope="module")
def made():
    subjects, scores, events = [], [], []
    for number, (rows, _) in enumerate(CASES.values()):
        who = f"Z{number}"
        subjects.append(subject(who, "镇"))
        scores += [score(who, "1", 50, round=r) for r in ("half", "r")]
        events += [event(who, *row, reason=f"第 {n} 件") for n, row in enumerate(rows, 1)]
    return run(SCHEME, subjects=subjects, scores=scores, adjustments=events)


@pytest.mark.parametrize("case", CASES)
def test_events_are_capped_by_item_and_by_side(made, case):
    row = made.results[f"Z{list(CASES).index(case)}"]
    assert (row["half"], row["full"]) == (CASES[case][1], "50.00")


def test_points_never_fall_below_zero():
    made = run(
        SCHEME,
        subjects=[subject("Z1", "镇")],
        scores=[score("Z1", "1", 5, round=r) for r in ("half", "r")],
        adjustments=[event("Z1", "deduction", "case", "7")],
    )
    assert (made.results["Z1"]["half"], made.results["Z1"]["full"]) == ("0.00", "5.00")


@pytest.fixture(scope="module")
def measured():
    subjects = [subject(f"Z{n}", "镇") for n in range(4)]
    scores = [score(f"Z{n}", "1", 50, round=r) for n in range(4) for r in ("half", "r")]
    facts = [
        fact(f"Z{n}", "募集", 1000 if n == 1 else 45, round=r)
        for n in range(3)
        for r in ("half", "r")
    ]
    given = [event("Z2", "bonus", "capital", "0.5", "r")]
    return run(SCHEME, subjects=subjects, scores=scores, facts=facts, adjustments=given)


def test_a_rule_gives_an_item_its_points_only_in_its_rounds(measured):
    assert (measured.results["Z0"]["half"], measured.results["Z0"]["full"]) == ("50.00", "53.00")


def test_a_rule_s_points_are_capped_like_any_other(measured):
    assert measured.results["Z1"]["full"] == "55.00"


def test_a_given_event_stands_over_the_rule(measured):
    assert measured.results["Z2"]["full"] == "50.50"


def test_without_the_fact_there_is_no_bonus(measured):
    assert measured.results["Z3"]["full"] == "50.00"


def test_a_rule_never_makes_a_bonus_a_deduction():
    rule = "{type: ladder, fact: 募集, start: 20, first: 1, every: 10, add: 1, most: 9}"
    made = run(
        SCHEME.replace(rule, "{type: formula, formula: 募集 - 20}"),
        subjects=[subject("Z1", "镇")],
        scores=[score("Z1", "1", 50, round=r) for r in ("half", "r")],
        facts=[fact("Z1", "募集", 5, round="r")],
    )
    assert made.results["Z1"]["full"] == "50.00"
