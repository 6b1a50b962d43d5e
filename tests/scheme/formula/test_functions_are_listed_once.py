"""The table of functions is what the parser, the checker and the manual go by."""

import re

import pytest

from kaohe.scheme.formula import FUNCTIONS, Function, Scope, check, parse

EXAMPLES = {"number": "1", "flag": "(1 < 2)", "text": "“1.1”", "any": "1", "same": "1"}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_function_is_described_in_one_chinese_line(function: Function) -> None:
    assert FUNCTIONS[function.name] is function
    assert re.fullmatch("[\u4e00-\u9fff，：；]{4,}", function.description)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_function_takes_what_the_table_says(function: Function) -> None:
    expect = "number" if function.result == "same" else function.result
    for count in range(function.least, (function.most or 4) + 1):
        arguments = ", ".join(EXAMPLES[function.parameter(i)] for i in range(count))
        check(parse(f"{function.name}({arguments})"), Scope(indicators=("1.1",)), expect)
