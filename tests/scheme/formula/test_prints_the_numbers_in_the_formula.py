"""What a formula uses, and its wording with values put in."""

import pytest

from kaohe.scheme.formula import Call, Member, Name, indicators, members, names, parse, substitute

TEAM = "（平均（第一书记.年度得分）× 0.7 ＋ 平均(驻村工作队．年度得分) × 30％）× 0.4"
RICH = "如果(60 ≤ 甲 ＜ 75 且 非 有值(乙), -指标(“2.1”) / 丙, 最大(甲, 指标(“1.1”))) = “丁”"


def test_the_names_are_those_of_the_subject_itself() -> None:
    assert names(parse(RICH)) == {"甲", "乙", "丙"}
    assert names(parse(TEAM)) == frozenset()


def test_the_members_are_those_of_linked_subjects() -> None:
    assert members(parse(TEAM)) == {("第一书记", "年度得分"), ("驻村工作队", "年度得分")}
    assert members(parse(RICH)) == frozenset()


def test_the_indicators_are_the_codes_in_quotes() -> None:
    assert indicators(parse(RICH)) == {"2.1", "1.1"}
    assert indicators(parse("甲 = “2.1”")) == frozenset()


def shown(part: Name | Member | Call) -> str | None:
    match part:
        case Name(name=name):
            return {"甲": "88.50", "乙": "90"}.get(name)
        case Member(kind=kind):
            return "91、85" if kind == "第一书记" else None
        case Call():
            return "12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲", "88.50"),
        (" 甲 × 60％ ＋ 乙*0.4 ", " 88.50 × 60％ ＋ 90*0.4 "),
        ("平均（甲，乙、丙）", "平均（88.50，90、丙）"),
        ("60 ≤ 甲 ＜ 75", "60 ≤ 88.50 ＜ 75"),
        ("乙 < 甲 < 丙 < 乙", "90 < 88.50 < 丙 < 90"),
        ("指标（“2.1”）＋ 指标(“2.2”)", "12＋ 12"),
        ("甲 = “甲”", "88.50 = “甲”"),
        ("丙 + 3", "丙 + 3"),
        (TEAM, "（平均（91、85）× 0.7 ＋ 平均(驻村工作队．年度得分) × 30％）× 0.4"),
    ],
)
def test_values_take_the_place_of_names_and_the_wording_stays(text: str, expected: str) -> None:
    assert substitute(text, parse(text), shown) == expected
