"""Facts by month, quarter and round: what a round sees of them, and the year."""

import pytest
from tests.engine.plan.made import HALVES, fact, run, score, subject

SCHEME = f"""{HALVES}
attributes:
  - {{code: target, name: 有任务, type: flag, kinds: [人]}}
  - {{code: quota, name: 定额, type: number, kinds: [人]}}
facts:
  - {{code: info, name: 信息, per: month, kinds: [人], maximum: 100}}
  - {{name: 达标信息, of: info, each: "最小(值, 如果(有任务, 4, 2))", kinds: [人], maximum: 100}}
  - {{name: 超额信息, of: info, each: "最大(0, 值 - 定额)", kinds: [人], maximum: 100}}
  - {{name: 最多信息, of: info, aggregate: max, kinds: [人], maximum: 100}}
  - {{name: 最少信息, of: info, aggregate: min, kinds: [人], maximum: 100}}
  - {{code: guidance, name: 指导, per: quarter, kinds: [人], maximum: 100}}
  - {{code: households, name: 户数, kinds: [人], maximum: 100}}
  - {{code: best, name: 最好, aggregate: max, kinds: [人], maximum: 100}}
kinds:
  - name: 人
    code: person
    basis: 二
    indicators: [{{code: "1", name: 得分, points: 100, basis: 二}}]
    results:
      - name: 数
        each_round: {{half: 半年数, r: 全年数}}
        formula: 指标得分 × 0 + 信息 + 达标信息 × 0.01
        column: {{half: half, r: full}}
        basis: 三
      - name: 和
        formula: 信息 + 达标信息 + 超额信息 + 最多信息 + 最少信息 + 指导 + 户数 + 最好
        column: total
        basis: 三
columns:
  - {{column: half, label: 半年}}
  - {{column: full, label: 全年}}
  - {{column: total, label: 合计}}
"""


@pytest.fixture(scope="module")
def made():
    who = {"P1": ("1", "3"), "P2": ("0", "1.5"), "P3": ("", "")}
    facts = []
    for person in who:
        facts += [
            fact(person, "信息", value, period=f"2016-{month}")
            for month, value in (("01", 5), ("02", 3), ("06", 0), ("07", 10), ("12", 1))
        ]
        facts += [fact(person, "指导", n, period=f"2016Q{n}") for n in (1, 2, 3, 4)]
        facts += [fact(person, "户数", n, round=r) for n, r in ((3, "half"), (5, "r"))]
        facts += [fact(person, "最好", n, round=r) for n, r in ((3, "half"), (5, "r"))]
    scores = [score(p, "1", 50, round=r) for p in who for r in ("half", "r")]
    subjects = [subject(p, "人", target=t, quota=q) for p, (t, q) in who.items()]
    return run(SCHEME, subjects=subjects, scores=scores, facts=facts)


# Person, fact; what half a year, the whole year's round and the year see.
SEEN = [
    ("P1", "信息", "8.00", "19.00", "19.00"),  # 5+3+0; +10+1
    ("P1", "达标信息", "7.00", "12.00", "12.00"),  # month by month: 4+3+0; +4+1
    ("P2", "达标信息", "4.00", "7.00", "7.00"),  # 2+2+0; +2+1
    ("P1", "超额信息", "2.00", "9.00", "9.00"),  # above 3: 2+0+0; +7
    ("P2", "超额信息", "5.00", "13.50", "13.50"),  # above 1.5: 3.5+1.5; +8.5
    ("P3", "达标信息", "无", "无", "无"),  # nobody said whether there is a task
    ("P3", "超额信息", "无", "无", "无"),
    ("P1", "最多信息", "5.00", "10.00", "10.00"),
    ("P1", "最少信息", "0.00", "0.00", "0.00"),
    ("P1", "指导", "3.00", "10.00", "10.00"),  # quarters 1 and 2; all four
    ("P1", "户数", "3.00", "5.00", "8.00"),  # of rounds a sum is a sum; the year's is of both
    ("P1", "最好", "3.00", "5.00", "5.00"),
]


@pytest.mark.parametrize("row", SEEN, ids=range(len(SEEN)))
def test_a_round_sees_the_periods_it_looks_back_on(made, row):
    who, name, *expected = row
    assert [made.points(who, f"{code}:{name}") for code in ("half", "r", "")] == expected


def test_formulas_of_rounds_and_of_the_year_use_them(made):
    assert made.results["P1"]["half"] == "8.07"
    assert made.results["P1"]["full"] == "19.12"
    assert made.results["P1"]["total"] == "73.00"  # 19+12+9+10+0+10+8+5
    assert made.results["P3"]["total"] == ""


def test_without_facts_what_names_them_has_no_value():
    made = run(
        SCHEME,
        subjects=[subject("P1", "人")],
        scores=[score("P1", "1", 50, round=r) for r in ("half", "r")],
    )
    assert {made.results["P1"][c] for c in ("half", "full", "total")} == {""}


def test_a_full_width_name_is_the_same_name():
    made = run(
        SCHEME.replace("name: 定额", "name: Ｑ额").replace("值 - 定额", "值 - Q额"),
        subjects=[subject("P1", "人", quota="1")],
        scores=[score("P1", "1", 50, round=r) for r in ("half", "r")],
        facts=[fact("P1", "信息", 5, period="2016-01")],
    )
    assert made.points("P1", ":超额信息") == "4.00"
