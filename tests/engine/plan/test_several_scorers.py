"""Several scores of one indicator become one, rounded half-up once."""

import pytest
from tests.engine.plan.made import HEAD, run, score, subject


def kind(name, code, scoring):
    return f"""
  - name: {name}
    code: {code}
    basis: 二
    scoring: {{{scoring}, basis: 二}}
    indicators: [{{code: "1", name: 评议, points: 100, step: 0.01, basis: 二}}]
    results:
      - {{name: 得分, each_round: {{r: 全年得分}}, formula: 指标得分, column: {{r: score}}, basis: 三}}"""


SCHEME = f"""{HEAD}
kinds:{kind("去两头", "both", "drop_highest: true, drop_lowest: true, at_least: 3")}\
{kind("去最高", "highest", "drop_highest: true, at_least: 2")}\
{kind("平均", "mean", "at_least: 2")}\
{kind("加权", "weighted", "weights: {部门: 0.5, 镇: 30%, 群众: 0.2}")}
columns:
  - {{column: score, label: 得分}}
"""
PARTS = ("部门", "镇", "群众")

CASES = [
    ("去两头", ["28", "27", "26"], "27.00"),
    ("去两头", ["28", "28", "26", "26"], "27.00"),  # of equal ones only one is dropped
    ("去两头", ["10", "10", "10"], "10.00"),
    ("去两头", ["9", "9.1", "9.13", "20"], "9.12"),  # 9.115
    ("去两头", ["0", "1", "1", "2", "2", "100"], "1.50"),
    ("去两头", ["0", "0.01", "0.01", "0.02", "99"], "0.01"),  # 0.04 / 3
    ("去最高", ["90", "80"], "80.00"),
    ("去最高", ["90", "90", "80"], "85.00"),
    ("平均", ["1", "2"], "1.50"),
    ("平均", ["1", "1", "2"], "1.33"),
    ("平均", ["1", "2", "2"], "1.67"),
    ("平均", ["99.99", "99.98"], "99.99"),  # 99.985
    ("加权", ["38", "37", "36"], "37.30"),
    ("加权", ["0.01", "0", "0"], "0.01"),  # 0.005
    ("加权", ["0", "0.01", "0"], "0.00"),  # 0.003
    ("加权", ["33.33", "66.67", "0.01"], "36.67"),  # 36.668
]


@pytest.fixture(scope="module")
def made():
    subjects, scores = [], []
    for number, (kind_, given, _) in enumerate(CASES):
        subjects.append(subject(f"Z{number}", kind_))
        for place, points in enumerate(given):
            source = PARTS[place] if kind_ == "加权" else f"评委{place}"
            scores.append(score(f"Z{number}", "1", points, source=source))
    return run(SCHEME, subjects=subjects, scores=scores)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_several_scores_become_one(made, number):
    assert made.results[f"Z{number}"]["score"] == CASES[number][2]
