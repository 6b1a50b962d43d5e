"""Each shipped scheme does what its examples say, and wrong or bad examples are told by name."""

import re
from functools import cache
from pathlib import Path

import pytest

from kaohe.engine.examples import ExampleError, load_examples, run_examples
from kaohe.scheme import load_scheme
from kaohe.scheme.shipped import shipped_names, shipped_scheme

COUNTY = "xx-county-2016"
SECOND = Path(__file__).parent / "second"
loaded = cache(load_scheme)


def examples_of(scheme: str) -> Path:
    path = shipped_scheme(scheme)
    assert path is not None
    return path.with_name("examples.yaml")


def differences(text: str, scheme: str | Path = COUNTY) -> list[str]:
    return run_examples(loaded(scheme), load_examples(text))


def refusal(text: str) -> str:
    with pytest.raises(ExampleError) as raised:
        differences(text)
    return str(raised.value)


def case(given: str, expect: str, name: str = "试试") -> str:
    """One example of two flow mappings."""
    return (
        f"- {{name: {name}, basis: 三(二)3, why: 手算, given: {{{given}}}, expect: {{{expect}}}}}\n"
    )


TOWN = "甲镇: {kind: 乡镇, rounds: {每轮: {points: 80}}}"


@pytest.mark.parametrize("scheme", [n for n in shipped_names() if examples_of(n).is_file()])
def test_a_shipped_scheme_agrees_with_its_examples(scheme):
    assert differences(examples_of(scheme).read_text("utf-8"), scheme) == []


def test_the_county_has_examples():
    assert len(load_examples(examples_of(COUNTY).read_text("utf-8"))) >= 12


def test_the_example_in_the_manual_agrees():
    manual = (Path(__file__).parents[2] / "docs/writing-a-scheme.md").read_text("utf-8")
    (text,) = re.findall(r"```yaml\n(- name: [^`]*  expect:[^`]*)```", manual)
    assert differences(text) == []


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("年度得分: 80.01", "年度得分应是 80.01，算出来是 80"),
        ("年度得分: ~", "年度得分应是 没有值，算出来是 80"),
        ("奖项: 一等奖", "奖项应是 一等奖，算出来是 没有值"),
        ("名次: 2", "名次应是 2，算出来是 1"),
        ("consequences: [约谈主要领导]", "结果运用应是 约谈主要领导，算出来是 无"),
    ],
)
def test_a_wrong_expectation_is_told_by_example_subject_and_column(expected, told):
    text = case(TOWN, "甲镇: {年度得分: 80}", "对的") + case(TOWN, f"甲镇: {{{expected}}}", "错的")
    assert differences(text) == [f"例子「错的」：甲镇 的{told}"]


def test_a_consequence_that_was_not_expected_is_told():
    text = case(TOWN.replace("80", "70"), "甲镇: {consequences: [约谈主要领导]}")
    assert differences(text) == [
        "例子「试试」：甲镇 的结果运用应是 约谈主要领导，算出来是 约谈主要领导、诫勉分管领导"
    ]


def test_examples_are_ranked_each_by_itself():
    text = "".join(
        case(TOWN.replace("80", points), "甲镇: {名次: 1}", f"{points} 分")
        for points in ("60", "80")
    )
    assert differences(text) == []


@pytest.mark.parametrize(
    ("given", "score"),
    [
        # 88.88 over 11 leaves: what rounding down leaves over is not lost.
        ("points: 88.88", "88.88"),
        ("points: 100", "100"),
        ('points: {"1": 9.99, "2": 0.07, "3": 30, "4.1": 1, "4.2": 2}', "43.06"),
    ],
)
def test_points_of_a_group_are_shared_out_to_the_hundredth(given, score):
    text = case(
        f"甲镇: {{kind: 乡镇, rounds: {{半年考核: {{{given}}}}}}}",
        f"甲镇: {{半年考核得分: {score}}}",
    )
    assert differences(text) == []


def test_an_example_needs_no_scores():
    given = "甲: {kind: 第一书记, determinations: [召回]}"
    assert differences(case(given, "甲: {年度得分: ~, 等次: 不称职}")) == []


def test_examples_know_several_scorers_and_any_rounds_and_periods():
    # 40 + 250 / 500 * 30 + 20 + 10 = 85; 85 * 0.8 + 100 * 0.2 = 88.
    text = case(
        "一村: {kind: 村, attributes: {片区: 平原}, facts: {户均增收: [~, 250, ~, 250]}, rounds: "
        '{二季度: {points: {"1": 40, "3": 20, "4": 10}}, '
        '四季度: {points: {"1": 40, "3": 20, "4": 10}, ballots: {满意: 1}}}}',
        "一村: {二季度得分: 85, 年度总分: 88, 档次: 良好}",
    )
    assert differences(text, SECOND) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲: 乙", "例子的文件最外层应是列表"),
        ("", "例子的文件最外层应是列表"),
        ("- name: 甲\n  name: 乙", "第 2 行 YAML 的写法有误"),
        ("- basis: 一", "第 1 个例子的 name 没有写"),
        ("- {name: 试试, basis: 一, why: 手算}", "例子「试试」的 given 没有写"),
        (
            case("甲镇: {kind: 乡镇, round: 1}", "甲镇: {}"),
            "例子「试试」的 given.甲镇.round 不认识的键",
        ),
        (
            case("甲镇: {kind: 乡镇, rounds: {每轮: {points: 好}}}", "甲镇: {}"),
            "例子「试试」的 given.甲镇.rounds.每轮.points 写法不对：好",
        ),
        (
            case(TOWN, "甲镇: {年度得分: true}"),
            "例子「试试」的 expect.甲镇.年度得分 写法不对：True",
        ),
        (
            case(TOWN, "甲镇: {consequences: 约谈主要领导}"),
            "例子「试试」的 expect.甲镇.consequences 应是列表",
        ),
        (case(TOWN, "乙镇: {年度得分: 80}"), "例子「试试」的 expect 里有「乙镇」，given 里却没有"),
        (case(TOWN, "甲镇: {年度得分: 80}") * 2, "例子「试试」有 2 个：名称不能相同"),
        (case(TOWN, "甲镇: {年终得分: 80}"), "例子「试试」的「甲镇」：结果表没有「年终得分」一列"),
        (case("甲镇: {kind: 镇}", "甲镇: {名次: 1}"), "例子「试试」的「甲镇」：没有「镇」这类对象"),
    ],
)
def test_a_bad_file_is_refused_by_name_in_chinese(text, told):
    assert refusal(text).startswith(told)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("attributes: {项目镇: 1}", "「考核对象」表没有「项目镇」这一列"),
        ("attributes: {项目乡镇: 3}", "3"),
        ("determinations: [召回]", "召回"),
        ("facts: {募集社会扶贫资金: [1, 2, 3]}", "请填写「轮次」"),
        ("facts: {募集资金: [1]}", "募集资金"),
        ("postings: [{所在乡镇: 甲镇}]", "是乡镇，不能派驻"),
        ("rounds: {一季度: {points: 80}}", "一季度"),
        ('rounds: {每轮: {points: {"9": 80}}}', "9"),
        ("rounds: {每轮: {points: 101}}", "超过指标"),
        ('rounds: {每轮: {points: {"1": 9}}}', "缺少指标 2.1「项目规划」"),
        ("rounds: {每轮: {points: 80, bonus: {唱歌: 1}}}", "唱歌"),
        ("rounds: {每轮: {points: 80, ballots: {优秀: 1}}}", "是乡镇，不参加民主测评"),
    ],
)
def test_what_the_scheme_refuses_is_told_by_the_name_of_the_example(given, told):
    good = case(TOWN, "甲镇: {年度得分: 80}", "好的")
    message = refusal(good + case(f"甲镇: {{kind: 乡镇, {given}}}", "甲镇: {名次: 1}"))
    assert message.startswith("例子「试试」的「例2·甲镇」")
    assert told in message
    assert "好的" not in message
