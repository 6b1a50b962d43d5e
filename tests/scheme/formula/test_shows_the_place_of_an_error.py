"""The caret stands under the character, whatever the width of what is before it."""

import pickle
import unicodedata

import pytest

from kaohe.scheme.formula import FormulaError, parse


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("abc", 0),
        ("a+b)", 3),
        ("半年得分 + #", 7),
        ("（甲＋ｂ）× 3 $", 9),
        ("甲 乙", 2),
        ("甲 +", 3),
    ],
)
def test_the_caret_is_under_the_character(text: str, position: int) -> None:
    message, line, caret = str(FormulaError("写错了", text, position)).split("\n")
    assert message == f"写错了（第 {position + 1} 个字）"
    assert line == text
    assert caret.endswith("^")
    assert columns(caret[:-1]) == columns(text[:position])


def test_the_whole_message_reads_well() -> None:
    with pytest.raises(FormulaError) as refused:
        parse("平均（甲，乙） ** 2")
    assert str(refused.value) == (
        "不能写「**」：没有乘方，请把乘法逐个写出来（第 9 个字）\n"
        "平均（甲，乙） ** 2\n"
        "\u3000\u3000\u3000\u3000\u3000\u3000\u3000 ^"
    )


def test_a_long_formula_is_cut_around_the_place() -> None:
    text = "甲" * 500 + "#" + "乙" * 500
    _, line, caret = str(FormulaError("写错了", text, 500)).split("\n")
    assert line == "..." + "甲" * 40 + "#" + "乙" * 39 + "..."
    assert columns(caret[:-1]) == columns(line[: line.index("#")])


def test_an_invisible_character_does_not_reach_the_terminal() -> None:
    assert str(FormulaError("写错了", "甲\x1b\n乙", 3)).split("\n")[1:] == ["甲??乙", "\u3000  ^"]


def test_a_combining_mark_takes_no_column() -> None:
    assert str(FormulaError("写错了", "e\u0301#", 2)).split("\n")[2] == " ^"


def test_an_error_is_a_value_error_and_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(FormulaError("写错了", "甲 乙", 2)))
    assert isinstance(error, ValueError)
    assert (error.message, error.text, error.position) == ("写错了", "甲 乙", 2)
