"""The days that a month asks for stand in one place for people, and in the formulas for points."""

import re
from pathlib import Path

import pytest

from kaohe.scheme import SchemeError, load_scheme, parse_scheme

NAME = "xx-county-2016"
FILE = Path(__file__).parents[2] / "src/kaohe/schemes" / NAME / "scheme.yaml"


def test_the_days_asked_for_are_those_that_the_formulas_count_by():
    scheme = load_scheme(NAME)
    recorded = {
        fact.code: fact
        for fact in scheme.facts
        if fact.source is not None and fact.source.built_in == "days_in_village"
    }
    counted = {}
    for fact in scheme.facts:
        if fact.of in recorded:
            least = re.fullmatch(r"如果\(值 >= (\d+), 1, 0\)", fact.each.text)
            counted |= dict.fromkeys(fact.kinds, int(least[1]))
    assert counted == {one.kind: one.days for one in scheme.fieldwork.required_days}
    assert counted == {"第一书记": 15, "驻村工作队": 15, "农业科技人员": 5}


def test_a_kind_without_days_is_asked_for_none():
    assert load_scheme(NAME).fieldwork.days_required_of("乡镇") is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- kind: 驻村工作队\n      days: 15", "- kind: 村医\n      days: 15", "村医"),
        ("- kind: 驻村工作队\n      days: 15", "- kind: 第一书记\n      days: 15", "出现了 2 次"),
        ("- kind: 驻村工作队\n      days: 15", "- kind: 驻村工作队\n      days: 32", "days"),
    ],
)
def test_wrong_days_are_refused_with_their_place(old, new, told):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1
    with pytest.raises(SchemeError, match=r"scheme\.yaml:") as error:
        parse_scheme(text.replace(old, new), "scheme.yaml")
    assert told in str(error.value)
