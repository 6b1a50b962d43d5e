"""Everything is computed after what it names, kind by kind."""

import pytest

from kaohe.scheme import SchemeError, load_scheme, parse_scheme
from kaohe.scheme.order import segments
from tests.scheme.small import SMALL, line_of, small, spoilt

BACK = "links:\n  - {code: person_id, name: 联系人, to: 个人, kinds: [单位], basis: 三(二)4}\n"
ANNUAL = "formula: 平均(半年考核, 全年考核)"


def visits(scheme):
    return [(segment.kind, [step.name for step in segment.steps]) for segment in segments(scheme)]


def two_visits():
    """A person's year rests on the unit's, and the unit's on the person's rounds."""
    text = spoilt("links:\n", BACK)
    text = spoilt(
        ANNUAL, "formula: 平均(半年考核, 全年考核) × 0.9 + 平均(单位.总分) × 0.1", text=text
    )
    return text.replace("个人.年度得分", "个人.全年考核")


def test_a_kind_that_others_rest_on_comes_first():
    order = visits(small())
    assert [kind for kind, _ in order] == ["个人", "单位"]
    assert order[0][1] == ["半年考核", "全年考核", "年度得分", "名次", "等次"]
    assert order[1][1] == ["半年得分", "全年得分", "总分", "名次", "运用:0", "奖项"]


def test_the_county_visits_each_kind_once():
    kinds = [kind for kind, _ in visits(load_scheme("xx-county-2016"))]
    assert len(kinds) == len(set(kinds)) == 5
    assert max(kinds.index("第一书记"), kinds.index("驻村工作队")) < kinds.index("部门")
    assert kinds.index("第一书记") < kinds.index("乡镇")


def test_a_kind_is_visited_twice_where_it_rests_on_a_unit_that_rests_on_it():
    order = visits(parse_scheme(two_visits()))
    assert [kind for kind, _ in order].count("个人") == 2
    done = [(kind, name) for kind, names in order for name in names]
    waits = [("个人", "全年考核"), ("单位", "总分"), ("个人", "年度得分")]
    assert [done.index(step) for step in waits] == sorted(done.index(step) for step in waits)
    assert {name for kind, name in done if kind == "个人"} == {
        "半年考核",
        "全年考核",
        "年度得分",
        "名次",
        "等次",
    }


def test_steps_of_a_level_do_not_need_each_other():
    for scheme in (small(), load_scheme("xx-county-2016"), load_scheme("tests/schemes/second")):
        for segment in segments(scheme):
            names = [step.name for step in segment.steps]
            assert len(set(names)) == len(names)
    person = segments(small())[0]
    assert [[step.name for step in level] for level in person.levels] == [
        ["半年考核", "全年考核"],
        ["年度得分"],
        ["名次", "等次"],
    ]


def test_every_value_of_every_kind_is_computed_once():
    scheme = parse_scheme(two_visits())
    done = [(segment.kind, step.name) for segment in segments(scheme) for step in segment.steps]
    assert len(done) == len(set(done)) == 11


def test_a_circle_across_kinds_is_named_from_one_end_to_the_other():
    text = spoilt("links:\n", BACK)
    text = spoilt(ANNUAL, "formula: 平均(单位.总分)", text=text)
    with pytest.raises(SchemeError) as raised:
        parse_scheme(text, "small.yaml")
    (problem,) = raised.value.problems
    assert "公式互相引用，成了循环" in problem.message
    assert "个人「年度得分」 → 单位「总分」 → 个人「年度得分」" in problem.message or (
        "单位「总分」 → 个人「年度得分」 → 单位「总分」" in problem.message
    )
    places = {("- name: 总分", "三(二)2"), ("- name: 年度得分", "三(二)1")}
    assert (problem.line, problem.clause) in {(line_of(at, text), c) for at, c in places}


NEXT = "      - {name: 附加, formula: 总分 + 名次, basis: 三}\n    ranks:\n      - {name: 名次, of: 附加"
# What to change, and the circle that is told.
CIRCLES = {
    "a rank of what rests on the rank": ("    ranks:\n      - {name: 名次, of: 总分", NEXT, "单位「附加」 → 单位「名次」 → 单位「附加」"),
    "a grade that decides itself": ("[{when: 否决,", '[{when: 等次 == "优秀",', "个人「等次」 → 个人「等次」"),
    "a result of its own common name": ("指标得分 × 0.8 + 测评 × 20%", "考核得分 × 0.8", "考核」 → 个人「"),
}  # fmt: skip


@pytest.mark.parametrize("case", CIRCLES)
def test_a_circle_inside_a_kind_is_named(case):
    old, new, chain = CIRCLES[case]
    with pytest.raises(SchemeError, match="成了循环") as raised:
        parse_scheme(spoilt(old, new))
    assert chain in str(raised.value)


def test_the_order_does_not_depend_on_the_order_of_writing():
    head, kinds = SMALL.split("kinds:\n  - name: 单位", 1)
    unit, person = ("  - name: 单位" + kinds).split("\n  - name: 个人", 1)
    body, tail = person.split("\ncolumns:", 1)
    text = f"{head}kinds:\n  - name: 个人{body}\n{unit}\ncolumns:{tail}"
    assert [kind for kind, _ in visits(parse_scheme(text))] == ["个人", "单位"]
