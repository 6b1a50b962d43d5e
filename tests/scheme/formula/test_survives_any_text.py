"""Whatever is typed, pasted or sent: a tree or a FormulaError, and quickly."""

import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.scheme.formula import FormulaError, Node, Scope, check, names, parse, substitute

GOOD = [
    "平均(半年考核得分, 年终考评得分) * 0.6 + 平均(半年测评得分, 年终测评得分) * 0.4",
    "（平均（第一书记.年度得分）× 70% + 平均（驻村工作队．年度得分）× 30％）÷ 0.4",
    "如果(60 ≤ 甲 < 75 且 非 有值(乙), -指标(“2.1”), 最小(10, 丙)) = “称职”",
    "计数(第一书记.等次) > 0 或 取整(甲 / 3) ≠ 1",
]
PIECES = [
    *"（）()＋－−×÷＊／，、．＜＞＝％“”\"'+-*/<>=≥≤≠.,%:@#{}[]\\!\n\t\0 \u3000０１9甲_xé",
    *(
        "且",
        "或",
        "非",
        " 且 ",
        " 或 ",
        " 非 ",
        "平均(",
        "如果（",
        "指标(",
        "第一书记.",
        "lambda ",
        " for ",
    ),
    *("0.5", "1e5", "0x1", "f“", "**", "//", ":=", " is ", "None", "__class__", "\u202e", "\ud800"),
]


def read(text: str) -> Node | None:
    """The tree, if there is one: anything but a FormulaError fails the test."""
    try:
        tree = parse(text)
    except FormulaError as error:
        assert 0 <= error.position <= len(text)
        assert str(error)
        return None
    assert isinstance(tree, Node)
    assert text[tree.start : tree.end].strip()
    return tree


@settings(max_examples=500, deadline=200)
@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text)


@settings(max_examples=1000, deadline=200)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture_of_a_formula_s_pieces_is_read_or_refused(text: str) -> None:
    tree = read(text)
    if tree is not None:
        assert substitute(text, tree, lambda _: None) == text


@settings(max_examples=1000, deadline=200)
@given(st.sampled_from(GOOD), st.data())
def test_any_mutation_of_a_good_formula_is_read_or_refused(good: str, data: st.DataObject) -> None:
    text = good
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 5)))
        text = text[:start] + data.draw(st.sampled_from(["", *PIECES])) + text[end:]
    tree = read(text)
    if tree is None:
        return
    try:
        check(tree, Scope(dict.fromkeys(names(tree), "number")), "number", text=text)
    except FormulaError as error:
        assert tree.start <= error.position < tree.end


@pytest.mark.parametrize("good", GOOD)
def test_what_the_mutations_start_from_is_good(good: str) -> None:
    assert read(good) is not None


@pytest.mark.parametrize(
    "opening", ["(", "（", "-", "非 ", "- ", "取整(", "如果(甲,", "-(", "甲+(", "(甲+", "甲.", "“"]
)
@pytest.mark.parametrize("times", [60, 400, 1_000_000])
def test_deep_nesting_is_refused_at_once(opening: str, times: int) -> None:
    begun = time.monotonic()
    assert read(opening * times) is None
    assert read(opening * times + "甲" + ")" * times) is None
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("joint", ["+", "-", "*", "/", "<", "=", " 且 ", " 或 ", " - -"])
def test_a_long_chain_needs_no_stack(joint: str) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    try:
        read(joint.join(["甲"] * (2000 // (1 + len(joint)))))
    finally:
        sys.setrecursionlimit(limit)
