"""Every form that a formula may take, as (text, tree)."""

from fractions import Fraction

import pytest

from kaohe.scheme.formula import (
    Arithmetic,
    Call,
    Compare,
    Logic,
    Member,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Text,
    parse,
)

HERE = {"start": 0, "end": 0}  # places take no part in a comparison


def number(value: str) -> Number:
    return Number(Fraction(value), **HERE)


def name(text: str) -> Name:
    return Name(text, **HERE)


def call(function: str, *arguments: Node) -> Call:
    return Call(function, arguments, **HERE)


def binary(left: Node, op: str, right: Node) -> Node:
    kind = Arithmetic if op in "+-*/" else Compare
    return kind(op, left, right, **HERE)


甲, 乙, 丙 = name("甲"), name("乙"), name("丙")
DATE = Member("第一书记", "年度得分", **HERE)
BETWEEN = Logic("且", (binary(number("60"), "<=", 甲), binary(甲, "<", number("75"))), **HERE)

NUMBERS = [
    ("0", "0"),
    ("60", "60"),
    ("0.6", "3/5"),
    ("0.1", "1/10"),
    ("999999999.999999", "999999999999999/1000000"),
    ("35%", "7/20"),
    ("35％", "7/20"),
    ("0.5%", "1/200"),
    ("３５％", "7/20"),
    ("０．６", "3/5"),
    ("２.５", "5/2"),
    ("100.50", "201/2"),
]

FORMS = [
    ("甲", 甲),
    ("  甲\u3000", 甲),
    ("年度得分２", name("年度得分2")),
    ("ＡＢ", name("AB")),
    ("且末县", name("且末县")),
    ("或许", name("或许")),
    ("非遗", name("非遗")),
    ("甲且乙", name("甲且乙")),
    ("平均分", name("平均分")),
    ("“优秀”", Text("优秀", **HERE)),
    ('"优秀"', Text("优秀", **HERE)),
    ('""', Text("", **HERE)),
    ('"１，＝且 #x"', Text("１，＝且 #x", **HERE)),
    ("甲+乙", binary(甲, "+", 乙)),
    ("甲＋乙", binary(甲, "+", 乙)),
    ("甲-乙", binary(甲, "-", 乙)),
    ("甲－乙", binary(甲, "-", 乙)),
    ("甲−乙", binary(甲, "-", 乙)),
    ("甲*乙", binary(甲, "*", 乙)),
    ("甲×乙", binary(甲, "*", 乙)),
    ("甲＊乙", binary(甲, "*", 乙)),
    ("甲/乙", binary(甲, "/", 乙)),
    ("甲÷乙", binary(甲, "/", 乙)),
    ("甲／乙", binary(甲, "/", 乙)),
    ("甲+乙*丙", binary(甲, "+", binary(乙, "*", 丙))),
    ("甲-乙-丙", binary(binary(甲, "-", 乙), "-", 丙)),
    ("（甲+乙）×丙", binary(binary(甲, "+", 乙), "*", 丙)),
    ("（甲)", 甲),
    ("-甲", Negate(甲, **HERE)),
    ("－3", Negate(number("3"), **HERE)),
    ("甲 - -3", binary(甲, "-", Negate(number("3"), **HERE))),
    ("甲*-乙", binary(甲, "*", Negate(乙, **HERE))),
    ("甲<乙", binary(甲, "<", 乙)),
    ("甲＜乙", binary(甲, "<", 乙)),
    ("甲>乙", binary(甲, ">", 乙)),
    ("甲＞乙", binary(甲, ">", 乙)),
    ("甲<=乙", binary(甲, "<=", 乙)),
    ("甲≤乙", binary(甲, "<=", 乙)),
    ("甲＜＝乙", binary(甲, "<=", 乙)),
    ("甲>=乙", binary(甲, ">=", 乙)),
    ("甲≥乙", binary(甲, ">=", 乙)),
    ("甲=乙", binary(甲, "==", 乙)),
    ("甲＝乙", binary(甲, "==", 乙)),
    ("甲==乙", binary(甲, "==", 乙)),
    ("甲≠乙", binary(甲, "!=", 乙)),
    ("甲!=乙", binary(甲, "!=", 乙)),
    ("60 <= 甲 < 75", BETWEEN),
    ("60≤甲＜75", BETWEEN),
    ("甲 且 乙", Logic("且", (甲, 乙), **HERE)),
    ("甲 或 乙 或 丙", Logic("或", (甲, 乙, 丙), **HERE)),
    ("甲 或 乙 且 丙", Logic("或", (甲, Logic("且", (乙, 丙), **HERE)), **HERE)),
    ("(甲 且 乙) 且 丙", Logic("且", (Logic("且", (甲, 乙), **HERE), 丙), **HERE)),
    ("非 甲", Not(甲, **HERE)),
    ("非（甲）且（乙）", Logic("且", (Not(甲, **HERE), 乙), **HERE)),
    ("非 甲 = 乙", Not(binary(甲, "==", 乙), **HERE)),
    ("非 非 甲", Not(Not(甲, **HERE), **HERE)),
    ("平均(甲)", call("平均", 甲)),
    ("平均（甲，乙、丙）", call("平均", 甲, 乙, 丙)),
    ("平均 (甲, 乙)", call("平均", 甲, 乙)),
    ("求和(甲, 乙)", call("求和", 甲, 乙)),
    ("最小(甲, 10)", call("最小", 甲, number("10"))),
    ("最大(甲, 0)", call("最大", 甲, number("0"))),
    ("计数(甲, 乙)", call("计数", 甲, 乙)),
    ("取整(甲/乙)", call("取整", binary(甲, "/", 乙))),
    ("有值(甲)", call("有值", 甲)),
    ("如果(甲, 乙, 丙)", call("如果", 甲, 乙, 丙)),
    ('指标("2.1")', call("指标", Text("2.1", **HERE))),
    ("指标（“2.1”）", call("指标", Text("2.1", **HERE))),
    ("平均(第一书记.年度得分)", call("平均", DATE)),
    ("平均（第一书记．年度得分）", call("平均", DATE)),
    ("第一书记 . 年度得分", DATE),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_is_exactly_what_is_written(text: str, value: str) -> None:
    assert parse(text) == number(value)


@pytest.mark.parametrize(("text", "tree"), FORMS)
def test_a_form_becomes_its_tree(text: str, tree: Node) -> None:
    assert parse(text) == tree


def test_the_formula_of_the_regulation_is_read_whole() -> None:
    tree = parse(
        "（平均（第一书记.年度得分）× 70% + 平均（驻村工作队.年度得分）× 30％）× 0.4"
        " + 平均（半年考核得分，年终考评得分）× 0.6"
    )
    assert isinstance(tree, Arithmetic)
    assert tree.right == binary(
        call("平均", name("半年考核得分"), name("年终考评得分")), "*", number("0.6")
    )


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("  甲 ", ["甲"]),
        ("甲 + （乙）", ["甲 + （乙）", "甲", "乙"]),
        ("（甲＋乙）× ３５％", ["（甲＋乙）× ３５％", "甲＋乙", "甲", "乙", "３５％"]),
        ("60≤甲＜75", ["60≤甲＜75", "60≤甲", "60", "甲", "甲＜75", "甲", "75"]),
        (
            "－平均（第一书记．得分）",
            ["－平均（第一书记．得分）", "平均（第一书记．得分）", "第一书记．得分"],
        ),
        ("非 指标（“2.1”） ", ["非 指标（“2.1”）", "指标（“2.1”）", "“2.1”"]),
    ],
)
def test_every_node_knows_its_characters(text: str, pieces: list[str]) -> None:
    def spans(node: Node) -> list[str]:
        below: list[Node] = []
        for field in type(node).__dataclass_fields__:
            value = getattr(node, field)
            if isinstance(value, tuple):
                below += value
            elif isinstance(value, Node):
                below.append(value)
        return [text[node.start : node.end], *(piece for part in below for piece in spans(part))]

    assert spans(parse(text)) == pieces


def test_fifty_levels_are_accepted() -> None:
    assert parse("(" * 50 + "甲" + ")" * 50) == 甲
    assert isinstance(parse("-" * 49 + "甲"), Negate)
    assert isinstance(parse("+".join(["甲"] * 50)), Arithmetic)


def test_two_thousand_characters_are_accepted() -> None:
    assert parse("甲".ljust(2000)) == 甲
