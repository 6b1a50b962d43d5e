"""Random formulas over random inputs: exact against fractions, every step inside its interval."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kaohe.scheme.bounds import LARGEST, BoundsError, Interval
from kaohe.scheme.exact import Environment, Evaluator, Ratio, in_hundredths
from kaohe.scheme.formula import parse
from tests.scheme.arithmetic import ShadowCarrier, Shadowed

# Hundredths that each name may hold; 乙 is below zero at times, 丁 never.
NAMES = {"甲": (0, 20_000), "乙": (-5_000, 5_000), "丙": (0, 1_000_000), "丁": (100, 1_200)}
LINKED = 50


@dataclass(frozen=True)
class Linked:
    """What units see of linked subjects: hundredths each, or nothing."""

    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Sum:
    """A formula as a county writes it, and what it gives, told by fractions alone."""

    text: str
    exact: object


def fraction_of(value):
    return None if value is None else Fraction(value, 100)


def spread(function):
    """No value where a part has none, or where something is divided by zero."""

    def exact(env, *parts):
        values = [part.exact(env) for part in parts]
        return None if None in values else function(*values)

    return exact


def made(template, function, *parts):
    inner = spread(function)
    return Sum(template.format(*(p.text for p in parts)), lambda env: inner(env, *parts))


def if_else(condition, a, b):
    def exact(env):
        holds = condition.exact(env)
        return None if holds is None else (a if holds else b).exact(env)

    return Sum(f"如果({condition.text}, {a.text}, {b.text})", exact)


def known(part):
    return Sum(f"有值({part.text})", lambda env: part.exact(env) is not None)


def counted(*parts):
    text = f"计数({', '.join(p.text for p in parts)})"
    return Sum(text, lambda env: Fraction(sum(p.exact(env) is not None for p in parts)))


def logic(word, a, b):
    decided = word == "或"

    def exact(env):
        values = (a.exact(env), b.exact(env))
        return decided if decided in values else None if None in values else not decided

    return Sum(f"({a.text}) {word} ({b.text})", exact)


def gathered(function):
    def exact(env):
        values = [fraction_of(v) for v in env["村"].values if v is not None]
        if function == "计数":
            return Fraction(len(values))
        if not values:
            return None
        whole = {"平均": lambda v: sum(v) / len(v), "求和": sum, "最小": min, "最大": max}
        return whole[function](values)

    return Sum(f"{function}(村.得分)", exact)


NAMED = st.sampled_from([Sum(name, lambda env, n=name: fraction_of(env[n])) for name in NAMES])
LITERALS = [
    ("0", 0),
    ("1", 1),
    ("3", 3),
    ("0.7", "7/10"),
    ("0.05", "1/20"),
    ("12.5", "25/2"),
    ("30%", "3/10"),
]
LITERAL = st.sampled_from([Sum(text, lambda env, v=Fraction(v): v) for text, v in LITERALS])
GATHERED = st.sampled_from([gathered(f) for f in ("平均", "求和", "最小", "最大", "计数")])
COMPARED = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def divided(a, b):
    """By what is never below zero, so that the scheme's check would let it pass."""
    top = spread(lambda x, y: None if max(Fraction(0), y) == 0 else x / max(Fraction(0), y))
    return Sum(f"({a.text}) / 最大(0, {b.text})", lambda env: top(env, a, b))


def conditions(numbers):
    ops = st.sampled_from(list(COMPARED))
    compared = st.builds(
        lambda op, a, b: made(f"({{}}) {op} ({{}})", COMPARED[op], a, b), ops, numbers, numbers
    )
    plain = compared | st.builds(known, numbers)
    return plain | st.builds(logic, st.sampled_from(["且", "或"]), plain, plain)


def larger(numbers):
    return (
        st.builds(lambda a, b: made("({}) + ({})", lambda x, y: x + y, a, b), numbers, numbers)
        | st.builds(lambda a, b: made("({}) - ({})", lambda x, y: x - y, a, b), numbers, numbers)
        | st.builds(lambda a, b: made("({}) × ({})", lambda x, y: x * y, a, b), numbers, numbers)
        | st.builds(divided, numbers, numbers)
        | st.builds(
            lambda a, b: made("平均({}, {})", lambda x, y: (x + y) / 2, a, b), numbers, numbers
        )
        | st.builds(lambda a, b: made("最小({}, {})", min, a, b), numbers, numbers)
        | st.builds(lambda a, b: made("最大({}, {})", max, a, b), numbers, numbers)
        | st.builds(lambda a: made("取整({})", lambda x: Fraction(floor(x)), a), numbers)
        | st.builds(lambda a: made("-({})", lambda x: -x, a), numbers)
        | st.builds(counted, numbers, numbers)
        | st.builds(if_else, conditions(numbers), numbers, numbers)
    )


FORMULAS = st.recursive(NAMED | LITERAL | GATHERED, larger, max_leaves=7)
ENVIRONMENTS = st.fixed_dictionaries(
    {
        name: st.none()
        | st.sampled_from([low, high, 0 if low <= 0 else low])
        | st.integers(low, high)
        for name, (low, high) in NAMES.items()
    }
    | {
        "村": st.lists(st.none() | st.integers(0, 10_000), max_size=LINKED).map(
            lambda v: Linked(tuple(v))
        )
    }
)


def member(env, function):
    values = [value for value in env["村"].values if value is not None]
    total = Shadowed(sum(values) if values else None, Interval(0, LINKED * 10_000))
    count = Shadowed(len(values), Interval(0, LINKED))
    match function:
        case "计数":
            return Ratio(Fraction(1), count)
        case "平均":
            return Ratio(Fraction(1, 100), total, ShadowCarrier().positive(count))
        case "求和":
            return in_hundredths(total)
    best = (min if function == "最小" else max)(values) if values else None
    return in_hundredths(Shadowed(best, Interval(0, 10_000)))


def evaluator(env):
    def name(text):
        return in_hundredths(Shadowed(env[text], Interval(*NAMES[text])))

    return Evaluator(ShadowCarrier(), Environment(name, lambda f, k, n: member(env, f), None))


def rounded(exact, precision, rounding):
    scaled = exact * 10**precision
    whole = {"half_up": floor(scaled + Fraction(1, 2)), "down": floor(scaled), "up": ceil(scaled)}
    return whole[rounding] * 10 ** (2 - precision)


@settings(
    max_examples=600,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(
    formula=FORMULAS,
    env=ENVIRONMENTS,
    precision=st.integers(0, 2),
    rounding=st.sampled_from(["half_up", "down", "up"]),
)
def test_any_formula_gives_the_fraction_and_stays_inside(formula, env, precision, rounding):
    over_columns = evaluator(env)
    try:
        result = over_columns.rounded(over_columns.number(parse(formula.text)), precision, rounding)
    except BoundsError:
        assume(False)
    exact = formula.exact(env)
    assert result.value == (None if exact is None else rounded(exact, precision, rounding))


HALVES = {
    "0.005 up": ("甲 / 2", 1, 2, "half_up", 1),
    "0.005 down": ("甲 / 2", 1, 2, "down", 0),
    "0.005 to the top": ("甲 / 2", 1, 2, "up", 1),
    "0.004 to the top": ("甲 / 2.5", 1, 2, "up", 1),
    "89.995": ("甲 / 2", 17_999, 2, "half_up", 9_000),
    "89.994": ("甲 × 0.5 - 0.001", 17_999, 2, "half_up", 8_999),
    "0.05 to one decimal": ("甲", 5, 1, "half_up", 10),
    "0.04 to one decimal": ("甲", 4, 1, "half_up", 0),
    "0.09 down to one decimal": ("甲", 9, 1, "down", 0),
    "0.01 up to one decimal": ("甲", 1, 1, "up", 10),
    "59.5 to whole points": ("甲", 5_950, 0, "half_up", 6_000),
    "59.49 to whole points": ("甲", 5_949, 0, "half_up", 5_900),
    "59.99 down to whole points": ("甲", 5_999, 0, "down", 5_900),
    "59.01 up to whole points": ("甲", 5_901, 0, "up", 6_000),
    "below zero, half": ("0 - 甲 / 2", 1, 2, "half_up", 0),
    "below zero, down": ("0 - 甲 / 3", 1, 2, "down", -1),
    "below zero, up": ("0 - 甲 / 3", 2, 2, "up", 0),
    "a third": ("甲 / 3", 10_000, 2, "half_up", 3_333),
    "two thirds": ("甲 / 3 × 2", 10_000, 2, "half_up", 6_667),
}  # fmt: skip


@pytest.mark.parametrize("case", HALVES)
def test_rounding_happens_once_and_as_stated(case):
    text, value, precision, rounding, expected = HALVES[case]
    over_columns = evaluator({"甲": value})
    result = over_columns.rounded(over_columns.number(parse(text)), precision, rounding)
    assert result.value == expected


def test_an_interval_ends_where_int64_ends():
    assert Interval(-LARGEST, LARGEST).high == 2**63 - 1
    with pytest.raises(BoundsError, match="可能大到无法精确计算"):
        Interval(0, LARGEST + 1)
    with pytest.raises(BoundsError, match="可能大到无法精确计算"):
        Interval(-LARGEST - 1, 0)


def test_a_divisor_that_may_be_below_zero_is_refused():
    over_columns = evaluator({"甲": 100, "乙": 100})
    with pytest.raises(BoundsError, match="除数可能是负数"):
        over_columns.number(parse("甲 / 乙"))
