"""What was proved for 64 bits is computed in 64 bits, constants too."""

import pytest
from tests.engine.plan.made import HEAD, run, score, subject

# A formula over 得分 = 50 whose numbers need more than 32 bits, and what it gives.
FORMULAS = {
    "a divisor of more than a third of 31 bits": ("得分 ÷ 15000001 × 15000001", "50.00"),
    "a divisor that doubled leaves 32 bits": ("得分 ÷ 15000001", "0.00"),
    "constants that multiplied leave 32 bits": ("如果(得分 > 0, 70000, 1) × 如果(得分 > 1, 70000, 1) ÷ 98000000", "50.00"),
    "a count times a constant": ("计数(得分, 得分) × 900000000 × 3 ÷ 108000000", "50.00"),
    "a floor of constants": ("取整(如果(得分 > 0, 900000000, 1) × 3 ÷ 54000000)", "50.00"),
}  # fmt: skip
SCHEME = f"""{HEAD}
kinds:
  - name: 人
    code: person
    basis: 二
    indicators: [{{code: "1", name: 得分, points: 100, basis: 二}}]
    results:
      - {{name: 考核, each_round: {{r: 得分}}, formula: 指标得分, basis: 三}}
      - {{name: 数, formula: "FORMULA", column: number, basis: 三}}
columns:
  - {{column: number, label: 数}}
"""


@pytest.mark.parametrize("case", FORMULAS)
def test_numbers_beyond_32_bits_are_exact(case):
    formula, expected = FORMULAS[case]
    made = run(
        SCHEME.replace("FORMULA", formula),
        subjects=[subject("P1", "人")],
        scores=[score("P1", "1", 50)],
    )
    assert made.results["P1"]["number"] == expected
