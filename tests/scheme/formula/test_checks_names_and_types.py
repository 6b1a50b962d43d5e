"""What a formula may mean in a scope: ‸ stands before the character at which it is refused."""

import pytest

from kaohe.scheme.formula import FormulaError, Scope, Type, check, parse

SCOPE = Scope(
    names={
        "半年考核得分": "number",
        "年终考评得分": "number",
        "半年测评得分": "number",
        "召回": "flag",
        "垂直管理": "flag",
        "等次": "text",
    },
    members={
        ("第一书记", "年度得分"): "number",
        ("第一书记", "等次"): "text",
        ("驻村工作队", "年度得分"): "number",
    },
    indicators=("1.1", "2.1", "2.2"),
)

ACCEPTED: list[tuple[str, Type]] = [
    ("60", "number"),
    ("“优秀”", "text"),
    ("半年考核得分", "number"),
    ("召回", "flag"),
    ("-半年考核得分 * 35%", "number"),
    ("平均(半年考核得分, 年终考评得分) × 0.6", "number"),
    ("平均(第一书记.年度得分) × 70% + 平均(驻村工作队.年度得分) × 30%", "number"),
    ("求和(第一书记.年度得分)", "number"),
    ("最小(第一书记.年度得分) - 最大(第一书记.年度得分)", "number"),
    ("计数(第一书记.年度得分) > 0", "flag"),
    ("计数(第一书记.等次)", "number"),
    ("计数(半年考核得分, 召回, 等次)", "number"),
    ("取整(半年考核得分 / 10)", "number"),
    ("指标(“2.1”) + 指标(“2.2”)", "number"),
    ("有值(半年考核得分) 且 非 有值(等次)", "flag"),
    ("60 ≤ 半年考核得分 ＜ 75", "flag"),
    ("等次 = “优秀” 或 召回", "flag"),
    ("召回 ≠ 垂直管理", "flag"),
    ("如果(召回, “不称职”, 等次)", "text"),
    ("如果(召回, 0, 半年考核得分)", "number"),
    ("如果(召回, 垂直管理, 非 垂直管理)", "flag"),
    ("半年考核得分 / 0.5", "number"),
]

REFUSED: list[tuple[str, Type, str]] = [
    ("‸半年考核", "number", "是不是「半年考核得分」"),
    ("半年考核得分 + ‸年中考核得分", "number", "「半年考核得分」"),
    ("召回 且 ‸甲乙丙丁", "flag", "不认识「甲乙丙丁」；可以用的有"),
    ("‸召回且垂直管理", "flag", "两边请留空格"),
    ("‸非召回", "flag", "两边请留空格"),
    ("指标(‸“2.3”)", "number", "没有编号为「2.3」的指标"),
    ("求和(指标(‸“２.1”))", "number", "没有编号为「２.1」的指标"),
    ("平均(‸第一书.年度得分)", "number", "是不是「第一书记」"),
    ("平均(第一书记.‸年底得分)", "number", "是不是「年度得分」"),
    ("平均(驻村工作队.‸等次)", "number", "没有「等次」；可以用的有：年度得分"),
    ("‸第一书记.年度得分", "number", "只能单独放在"),
    ("1 + ‸第一书记.年度得分", "number", "只能单独放在"),
    ("平均(‸第一书记.年度得分, 3)", "number", "只能单独放在"),
    ("计数(半年考核得分, ‸第一书记.年度得分)", "number", "只能单独放在"),
    ("有值(‸第一书记.年度得分)", "flag", "只能单独放在"),
    ("取整(‸第一书记.年度得分)", "number", "只能单独放在"),
    ("平均(-‸第一书记.年度得分)", "number", "只能单独放在"),
    ("平均(‸第一书记.等次)", "number", "应当是数值，写的却是文字"),
    ("‸召回", "number", "应当是数值，写的却是是非"),
    ("‸半年考核得分", "flag", "应当是是非（条件），写的却是数值"),
    ("‸“优秀”", "number", "写的却是文字"),
    ("‸平均(半年考核得分)", "text", "应当是文字"),
    ("半年考核得分 + ‸召回", "number", "应当是数值"),
    ("‸等次 * 2", "number", "应当是数值"),
    ("-‸等次", "number", "应当是数值"),
    ("‸等次 < 60", "flag", "应当是数值"),
    ("60 < ‸等次", "flag", "应当是数值"),
    ("(‸半年考核得分 < 60) < 召回", "flag", "应当是数值"),
    ("半年考核得分 = ‸“优秀”", "flag", "应当是数值"),
    ("等次 ≠ ‸60", "flag", "应当是文字"),
    ("召回 且 ‸半年考核得分", "flag", "应当是是非"),
    ("非 ‸半年考核得分", "flag", "应当是是非"),
    ("如果(‸半年考核得分, 1, 2)", "number", "「如果」这里应当是是非"),
    ("如果(召回, 1, ‸“优秀”)", "number", "「如果」这里应当是数值"),
    ("如果(召回, ‸不认识的, 1)", "number", "不认识"),
    ("平均(半年考核得分, ‸召回)", "number", "「平均」这里应当是数值"),
    ("取整(‸等次)", "number", "「取整」这里应当是数值"),
    ("半年考核得分 / ‸0", "number", "不能除以 0"),
    ("半年考核得分 ÷ ‸0.00%", "number", "不能除以 0"),
    ("半年考核得分 / (‸-0)", "number", "不能除以 0"),
]


@pytest.mark.parametrize(("text", "expect"), ACCEPTED)
def test_a_formula_that_makes_sense_passes(text: str, expect: Type) -> None:
    check(parse(text), SCOPE, expect)


@pytest.mark.parametrize(("marked", "expect", "message"), REFUSED)
def test_a_formula_that_makes_none_is_refused_at_its_place(
    marked: str, expect: Type, message: str
) -> None:
    text = marked.replace("‸", "", 1)
    with pytest.raises(FormulaError) as refused:
        check(parse(text), SCOPE, expect, text=text)
    assert message in refused.value.message
    assert refused.value.position == marked.index("‸")
    assert refused.value.text == text


def test_without_its_text_an_error_still_knows_its_place() -> None:
    with pytest.raises(FormulaError) as refused:
        check(parse("1 + 甲"), Scope(), "number")
    assert refused.value.position == 4
    assert str(refused.value) == "不认识「甲」；请对照办法文件里的名称（第 5 个字）"
