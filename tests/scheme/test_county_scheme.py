"""The shipped county scheme holds the regulation: codes, points, clauses, lists of departments."""

import pytest

from kaohe.scheme import load_scheme, parse_scheme, read_scheme, scheme_places
from kaohe.scheme.readings import readings
from kaohe.scheme.shipped import shipped_names, shipped_scheme
from kaohe.scheme.unused import unused
from tests.scheme.small import SMALL

NAME = "xx-county-2016"

# Leaf indicators and their points, as the regulation's 二 gives them.
POINTS = {
    "乡镇": "1.1=3 1.2=3 1.3=4 2.1=3 2.2=11 2.3=6 2.4=6 2.5=4 3.1=10 3.2=15 3.3=5 4.1=20 4.2=10",
    "部门": "1.1=3 1.2=3 1.3=5 1.4=4 1.5=10 1.6=25 2.1=30 2.2=10 2.3=10",
    "第一书记": "1=15 2=20 3=15 4=15 5=5 6=15 7=15",
    "驻村工作队": "1=5 2=10 3=15 4=5 5=10 6.1=33 6.2=12 7=10",
    "农业科技人员": "1=8 2=25 3=35 4=20 5=12",
}

# Every clause of 二 (考核内容及分值) that gives or takes points.
CLAUSES = {
    "二(一)": "1 1(1) 1(2) 1(3) 2 2(1) 2(2) 2(3) 2(4) 2(5) 3 3(1) 3(2) 3(3) 4 4(1) 4(2) 5(1) 5(2)",
    "二(二)": "1 1(1) 1(2) 1(3) 1(4) 1(5) 1(6) 2 2(1) 2(2) 2(3) 3(1) 3(2)",
    "二(三)": "1 2 3 4 5 6 7 8(1) 8(2)",
    "二(四)": "1 2 3 4 5 6 6(1) 6(2) 7",
    "二(五)": "1 2 3 4 5 6(1) 6(2)",
}


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(NAME)


@pytest.fixture(scope="module")
def cited(scheme):
    """Every clause that stands behind some part."""

    def below(node):
        if isinstance(node, dict):
            if node.get("basis"):
                yield from node["basis"].split("、")
            for child in node.values():
                yield from below(child)
        elif isinstance(node, list | tuple):
            for child in node:
                yield from below(child)

    return set(below(scheme.model_dump()))


@pytest.mark.parametrize("kind", POINTS)
def test_the_indicators_have_the_regulation_s_codes_and_points(scheme, kind):
    leaves = " ".join(f"{leaf.code}={leaf.points}" for leaf in scheme.kind(kind).leaves())
    assert leaves == POINTS[kind]


@pytest.mark.parametrize("kind", POINTS)
def test_the_points_of_a_kind_add_up_to_100(scheme, kind):
    assert sum(leaf.points for leaf in scheme.kind(kind).leaves()) == 100
    assert scheme.kind(kind).points == 100


@pytest.mark.parametrize("section", CLAUSES)
def test_every_clause_that_gives_points_stands_behind_something(cited, section):
    wanted = {section + clause for clause in CLAUSES[section].split()}
    assert wanted - cited == set()


def test_the_clauses_on_computing_grades_and_consequences_are_cited_too(cited):
    wanted = "三(一)1 三(一)2 三(一)3 三(二)1 三(二)2 三(二)3 四(一)1 四(一)2 四(一)3 四(二)1 四(二)2 四(二)3"
    assert set(wanted.split()) - cited == set()


def test_a_leaf_s_clause_is_its_code_in_the_regulation_s_numbering(scheme):
    for section, kind in zip(CLAUSES, scheme.kinds, strict=True):
        assert kind.basis == section
        for leaf in kind.leaves():
            top, _, child = leaf.code.partition(".")
            assert leaf.basis == section + top + (f"({child})" if child else "")


@pytest.mark.parametrize(("code", "count"), [("provincial_target", 24), ("research_task", 21)])
def test_the_departments_listed_are_those_of_the_clause(scheme, code, count):
    attribute = next(a for a in scheme.attributes if a.code == code)
    assert len(attribute.members) == len(set(attribute.members)) == count
    words = next(x for x in scheme.kind("部门").leaves() if x.code == "1.5").text
    lists = words.split("县级部门（")[1:]
    listed = lists[0 if count == 24 else 1].split("）")[0]
    assert listed.split("、") == list(attribute.members)
    assert f"{count}个县级部门" in words


def test_a_department_on_both_lists_owes_both(scheme):
    lists = {a.code: set(a.members) for a in scheme.attributes if a.members}
    both = lists["provincial_target"] & lists["research_task"]
    assert len(both) == 17
    assert lists["research_task"] - both == {"县委宣传部", "县委党校", "人行xx县支行", "国土局"}


@pytest.mark.parametrize("kind", ["乡镇", "部门"])
def test_prizes_are_three_five_and_eight(scheme, kind):
    places = [(place.name, place.count) for place in scheme.kind(kind).award.places]
    assert places == [("一等奖", 3), ("二等奖", 5), ("三等奖", 8)]


@pytest.mark.parametrize("kind", ["第一书记", "驻村工作队", "农业科技人员"])
def test_grades_begin_at_90_75_and_60(scheme, kind):
    bands = [(band.name, int(band.at_least)) for band in scheme.kind(kind).grade.bands]
    assert bands == [("优秀", 90), ("称职", 75), ("基本称职", 60), ("不称职", 0)]


def test_only_the_village_team_has_no_bonus_and_no_deduction(scheme):
    sides = {kind.name: sorted(kind.sides()) for kind in scheme.kinds}
    assert sides.pop("驻村工作队") == []
    assert set(map(tuple, sides.values())) == {("bonus", "deduction")}
    caps = {side.cap for kind in scheme.kinds for side in kind.sides().values()}
    assert caps == {10}


def test_every_reading_is_listed_with_what_it_is_about(scheme):
    listed = list(readings(scheme))
    text = read_scheme(NAME)[0]
    assert len(listed) > 80
    assert all(reading.text and reading.about for reading in listed)
    assert len({(r.basis, r.about, r.text) for r in listed}) == len(listed)
    assert [r.about for r in listed[:2]] == ["舍入", "平常督查的作用"]
    # Each line of the file that begins with a reading is among them.
    words = {"".join(reading.text.split()) for reading in listed}
    for line in text.split("\n"):
        if line.strip().startswith("reading: ") and ">-" not in line:
            assert "".join(line.strip().removeprefix("reading: ").split()) in words, line


def test_what_nothing_uses_is_told_and_nothing_else(scheme):
    told = list(unused(scheme))
    assert "数据「专题会次数」不进入任何计算，只供评分时参考" in told
    assert not any("募集社会扶贫资金" in sentence for sentence in told)
    assert not any(sentence.startswith(("属性", "认定")) for sentence in told)


def test_the_small_scheme_does_not_use_its_number():
    assert list(unused(parse_scheme(SMALL))) == ["属性「难度」没有被任何公式、排名或适用条件用到"]


def test_a_link_that_no_formula_follows_is_told():
    text = SMALL.replace("平均(个人.年度得分) × 0.3 + ", "").replace(
        "when: 计数(个人.年度得分) = 0, ", ""
    )
    assert "派驻关系「所在单位」：「单位」的公式没有用到「个人」" in list(
        unused(parse_scheme(text))
    )


def test_shipped_schemes_are_named_by_their_folder():
    assert shipped_names() == [NAME]
    for name in shipped_names():
        assert load_scheme(name).scheme == name
        assert shipped_scheme(name).name == "scheme.yaml"
    assert shipped_scheme("no-such") is None
    assert shipped_scheme("..") is None


def test_places_are_lines_of_the_file(scheme):
    text = read_scheme(NAME)[0]
    lines, places = text.split("\n"), scheme_places(text)
    for index, kind in enumerate(scheme.kinds):
        assert lines[places.line("kinds", index) - 1].strip() == f"- name: {kind.name}"
        for place, result in enumerate(kind.results):
            at = places.line("kinds", index, "results", place)
            assert result.name in lines[at - 1]
