"""Each form of a measured rule, at its boundaries, against numbers worked by hand."""

import pytest
from tests.engine.plan.made import HEAD, fact, run, score, subject

RULES = {
    "1": "{type: quota, parts: [{fact: 报送, quota: 4, points: 6}, {fact: 课题, quota: 1, points: 4}]}",
    "2": "{type: threshold, fact: 及时, at_least: 3, otherwise: 3}",
    "3": "{type: threshold, fact: 撂荒, at_most: 5}",
    "4": "{type: threshold, fact: 黑臭, below: 1, points: 8, otherwise: 0.5}",
    "5": "{type: ladder, fact: 募集, start: 20, first: 1, every: 10, add: 1, most: 5}",
    "6": "{type: table, fact: 增幅, rows: [{at_least: 20, points: 10}, {at_least: 10, points: 8}, {at_least: 5.5, points: 5}], otherwise: 2}",
    "7": "{type: overrun, fact: 天数, limit: 15, per: 5, off: 2}",
    "8": "{type: completion, fact: 完成, target: 任务}",
    "9": '{type: formula, formula: "最小(培训, 4) ÷ 4 × 7 + 3"}',
    "10": "{type: formula, formula: 满意 - 20}",
}
FACTS = (
    "报送",
    "课题",
    "及时",
    "撂荒",
    "黑臭",
    "募集",
    "增幅",
    "天数",
    "完成",
    "任务",
    "培训",
    "满意",
)


def scheme():
    facts = "".join(
        f"  - {{code: f{i}, name: {name}, kinds: [镇], maximum: 1000}}\n"
        for i, name in enumerate(FACTS)
    )
    indicators = "".join(
        f'      - {{code: "{code}", name: 指标{code}, points: 10, basis: 二, measure: {{basis: 二, rule: {rule}}}}}\n'
        for code, rule in RULES.items()
    )
    return f"""{HEAD}
facts:
{facts}
kinds:
  - name: 镇
    code: town
    basis: 二
    indicators:
{indicators}
    results:
      - {{name: 得分, each_round: {{r: 全年得分}}, formula: 指标得分, column: {{r: score}}, basis: 三}}
columns:
  - {{column: score, label: 得分}}
"""


# Indicator, the facts there are, the points they bring.
CASES = [
    # quota: 6 points for 4 reports, 4 points for 1 study; more earns nothing more
    ("1", {"报送": 4, "课题": 1}, "10.00"),
    ("1", {"报送": 3, "课题": 0}, "4.50"),
    ("1", {"报送": 9, "课题": 2}, "10.00"),
    ("1", {"报送": 0, "课题": 1}, "4.00"),
    ("1", {"报送": 0.01, "课题": 0}, "0.02"),  # 0.015 is rounded up
    # threshold
    ("2", {"及时": 3}, "10.00"),
    ("2", {"及时": 2.99}, "3.00"),
    ("2", {"及时": 0}, "3.00"),
    ("3", {"撂荒": 5}, "10.00"),
    ("3", {"撂荒": 5.01}, "0.00"),
    ("4", {"黑臭": 0.99}, "8.00"),
    ("4", {"黑臭": 1}, "0.50"),
    # ladder: 20 gives 1, each further 10 one more, at most 5
    ("5", {"募集": 0}, "0.00"),
    ("5", {"募集": 19.99}, "0.00"),
    ("5", {"募集": 20}, "1.00"),
    ("5", {"募集": 29.99}, "1.00"),
    ("5", {"募集": 30}, "2.00"),
    ("5", {"募集": 59.99}, "4.00"),
    ("5", {"募集": 60}, "5.00"),
    ("5", {"募集": 1000}, "5.00"),
    # table
    ("6", {"增幅": 20}, "10.00"),
    ("6", {"增幅": 19.99}, "8.00"),
    ("6", {"增幅": 10}, "8.00"),
    ("6", {"增幅": 9.99}, "5.00"),
    ("6", {"增幅": 5.5}, "5.00"),
    ("6", {"增幅": 5.49}, "2.00"),
    # overrun: a part of 5 days counts whole, never below 0
    ("7", {"天数": 15}, "10.00"),
    ("7", {"天数": 0}, "10.00"),
    ("7", {"天数": 15.01}, "8.00"),
    ("7", {"天数": 20}, "8.00"),
    ("7", {"天数": 20.01}, "6.00"),
    ("7", {"天数": 40}, "0.00"),
    ("7", {"天数": 1000}, "0.00"),
    # completion
    ("8", {"完成": 1, "任务": 3}, "3.33"),
    ("8", {"完成": 2, "任务": 3}, "6.67"),
    ("8", {"完成": 3, "任务": 3}, "10.00"),
    ("8", {"完成": 4, "任务": 3}, "10.00"),
    ("8", {"完成": 0.01, "任务": 8}, "0.01"),  # 0.0125
    ("8", {"完成": 0.03, "任务": 8}, "0.04"),  # 0.0375
    # formula; what it gives stays within 0 and full points
    ("9", {"培训": 3}, "8.25"),
    ("9", {"培训": 5}, "10.00"),
    ("10", {"满意": 12}, "0.00"),
    ("10", {"满意": 25.5}, "5.50"),
    ("10", {"满意": 99}, "10.00"),
]  # fmt: skip


def cast():
    """A subject a case; every other indicator is judged, at 1 point."""
    subjects, scores, facts = [], [], []
    for number, (indicator, found, _) in enumerate(CASES):
        who = f"Z{number:02d}"
        subjects.append(subject(who, "镇"))
        scores += [score(who, code, 1) for code in RULES if code != indicator]
        facts += [fact(who, name, value, round="r") for name, value in found.items()]
    return {"subjects": subjects, "scores": scores, "facts": facts}


@pytest.fixture(scope="module")
def made():
    return run(scheme(), **cast())


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)), ids=range(len(CASES)))
def test_a_rule_brings_its_points(made, number, case):
    indicator, _, expected = case
    assert made.points(f"Z{number:02d}", f"r:{indicator}") == expected
    assert made.results[f"Z{number:02d}"]["score"] == f"{float(expected) + 9:.2f}"


def test_a_given_row_stands_over_the_rule():
    who = [subject("Z1", "镇")]
    rows = [score("Z1", code, 1) for code in RULES]
    found = [fact("Z1", "募集", 60, round="r")]
    made = run(scheme(), subjects=who, scores=rows, facts=found)
    assert made.points("Z1", "r:5") == "1.00"
    assert made.results["Z1"]["score"] == "10.00"


RANKED = f"""{HEAD}
attributes:
  - {{code: zone, name: 片区, type: text, kinds: [镇]}}
facts:
  - {{code: capital, name: 招商, kinds: [镇], maximum: 1000}}
  - {{code: area, name: 面积, kinds: [镇], maximum: 1000}}
kinds:
  - name: 镇
    code: town
    basis: 二
    indicators:
      - {{code: "1", name: 招商, points: 10, basis: 二, measure: {{basis: 二, rule: {{type: rank, fact: 招商, within: [zone], table: [10, 7, 4]}}}}}}
      - {{code: "2", name: 面积, points: 10, basis: 二, measure: {{basis: 二, rule: {{type: rank, fact: 面积, share_of_best: true}}}}}}
      - {{code: "3", name: 评议, points: 80, basis: 二}}
    results:
      - {{name: 得分, each_round: {{r: 全年得分}}, formula: 指标得分, column: {{r: score}}, basis: 三}}
columns:
  - {{column: score, label: 得分}}
"""
# Who, county, zone, 招商, 面积; points of both.
PLACES = [
    ("A1", "甲县", "平原", 50, 400, "10.00", "10.00"),
    ("A2", "甲县", "平原", 40, 300, "7.00", "7.50"),
    ("A3", "甲县", "平原", 40, 100, "7.00", "2.50"),  # ties share the better place
    ("A4", "甲县", "平原", 39.99, 0, "4.00", "0.00"),  # and the next is skipped: fourth
    ("A5", "甲县", "平原", 0, 1, "4.00", "0.03"),  # beyond the table its last row stands; 0.025
    ("A6", "甲县", "山区", 5, 133, "10.00", "3.33"),  # another class is ranked apart
    ("A7", "甲县", "山区", 5, 133.4, "10.00", "3.34"),
    ("B1", "乙县", "平原", 1, 0, "10.00", "0.00"),  # another county too; nobody has any area there
    ("B2", "乙县", "平原", 0, 0, "7.00", "0.00"),
]


@pytest.fixture(scope="module")
def ranked():
    subjects, scores, facts = [], [], []
    for who, county, zone, capital, area, _, _ in PLACES:
        subjects.append(subject(who, "镇", county=county, zone=zone))
        scores.append(score(who, "3", 50))
        facts += [fact(who, "招商", capital, round="r"), fact(who, "面积", area, round="r")]
    return run(RANKED, subjects=subjects, scores=scores, facts=facts)


@pytest.mark.parametrize("row", PLACES, ids=[row[0] for row in PLACES])
def test_a_rule_by_rank_brings_its_points(ranked, row):
    who, by_place, by_share = row[0], row[5], row[6]
    assert (ranked.points(who, "r:1"), ranked.points(who, "r:2")) == (by_place, by_share)


def test_who_has_no_such_fact_is_not_ranked_and_does_not_move_the_others():
    subjects = [subject("A1", "镇", zone="平原"), subject("A2", "镇", zone="平原")]
    scores = [score(who, "3", 50) for who in ("A1", "A2")]
    scores += [score("A1", "1", 9), score("A1", "2", 9)]
    facts = [fact("A2", "招商", 0, round="r"), fact("A2", "面积", 3, round="r")]
    made = run(RANKED, subjects=subjects, scores=scores, facts=facts)
    assert (made.points("A2", "r:1"), made.points("A2", "r:2")) == ("10.00", "10.00")
    assert made.results["A1"]["score"] == "68.00"
