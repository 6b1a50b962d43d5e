"""What an explanation prints, done again by hand, gives the published number."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from kaohe.engine import connect, open_inputs, score, write
from kaohe.engine.explain import Line, explain
from kaohe.scheme import load_scheme, read_scheme

ROOT = Path(__file__).resolve().parents[3]
HAND = {
    "平均": lambda *x: sum(x) / len(x),
    "求和": lambda *x: sum(x),
    "最小": min,
    "最大": max,
    "取整": lambda x: Fraction(floor(x)),
    "如果": lambda condition, a, b: a if condition else b,
    "有值": lambda x: x is not None,
    "是": True,
    "否": False,
    "无": None,
    "Fraction": Fraction,
}


def by_hand(worked: str) -> Fraction | bool:
    """A pocket calculator for what is printed: it knows nothing of the product's parser."""
    text = worked.translate(str.maketrans("×÷（），", "*/(),"))
    for word, meaning in (("且", "and"), ("或", "or"), ("非", "not")):
        text = re.sub(rf"(?<!\w){word}(?!\w)", f" {meaning} ", text)
    text = re.sub(r"(\d+(?:\.\d+)?)[%％]", r"(\1/100)", text)
    text = re.sub(r'(?<![\w."])(\d+(?:\.\d+)?)', r'Fraction("\1")', text)
    return eval(text, {"__builtins__": {}}, HAND)


def half_up(value: Fraction) -> str:
    hundredths = floor(value * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


HALF_UP, DOWN = Fraction(1, 2), Fraction(0)
TENTHS = {
    **dict.fromkeys((f"{quarter}季度得分" for quarter in "一二三四"), HALF_UP),
    **dict.fromkeys(
        ("年度总分", "半年考评得分", "全年考评得分", "全年满意度", "年度得分"), HALF_UP
    ),
    "季度综合分": DOWN,
}
"""Results of the second regulation with one decimal, and what rounding adds before cutting."""


def redone(line: Line) -> bool:
    """Whether the line was redone; asserts that it comes out as printed."""
    if not line.worked or not line.value:
        return False
    result = by_hand(line.worked)
    if line.value == "应办":
        assert result is True, line
    else:
        assert Fraction(half_up(Fraction(result))) == Fraction(line.value), line
    return True


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "out"
    scheme = load_scheme("xx-county-2016")
    inputs = open_inputs(scheme, ROOT / "examples" / "xx-county-2016", connection=connect())
    write(score(scheme, inputs), folder, read_scheme("xx-county-2016")[0])
    return folder


def test_every_line_of_every_subject_gives_its_number_when_redone(out: Path) -> None:
    with (out / "results.csv").open(encoding="utf-8-sig") as file:
        results = list(csv.DictReader(file))
    assert len(results) == 240
    for row in results:
        lines = [line for top in explain(out, row["subject_id"]).lines() for line in top.walk()]
        done = [line for line in lines if redone(line)]
        assert len(done) >= 7, row["subject_id"]
        by_title = {line.title: line for line in lines}
        annual = by_title.get("年度得分") or by_title["年度总分"]
        assert annual.value == row["annual_score"]
        assert by_title["半年考核得分"].value == row["half_year_review"]


def test_another_regulation_is_explained_as_well(tmp_path: Path) -> None:
    """Several scorers, measured rules of every type, own names: all of it redone by hand."""
    home = ROOT / "tests" / "schemes" / "second"
    scheme = load_scheme(home)
    inputs = open_inputs(scheme, home / "input", connection=connect())
    outcome = score(scheme, inputs)
    write(outcome, tmp_path / "out", read_scheme(home)[0])
    subjects = outcome.results.column("subject_id").to_pylist()
    for subject in subjects:
        lines = [x for top in explain(tmp_path / "out", subject).lines() for x in top.walk()]
        for line in lines:
            if line.title in TENTHS:
                value = Fraction(by_hand(line.worked)) * 10 + TENTHS[line.title]
                assert Fraction(floor(value), 10) == Fraction(line.value), line
            else:
                redone(line)
    assert len(subjects) == 12


def test_the_tree_line_adds_up_to_what_the_review_uses(out: Path) -> None:
    for subject in ("T001", "D001", "S001", "W001", "A001"):
        for top in explain(out, subject).lines():
            for line in top.children:
                if line.title == "指标得分":
                    tree = half_up(Fraction(by_hand(line.worked)))
                    used = re.search(r"最大\(0, (.*?)(?: \+ \d+\.\d\d - \d+\.\d\d)?\)$", top.worked)
                    start = used[1] if used else top.worked
                    assert half_up(Fraction(by_hand(start))) == tree


def test_department_sheets_name_the_subjects_that_count(out: Path) -> None:
    lines = explain(out, "D007").lines()
    annual = next(line for line in lines if line.title == "年度总分")
    secretaries = next(line for line in annual.children if line.title.startswith("第一书记"))
    assert [child.title for child in secretaries.children] == ["S055"]
    assert secretaries.children[0].value in annual.worked


def test_every_line_that_states_a_rule_cites_its_clause_and_place(out: Path) -> None:
    for subject in ("T001", "D007", "S040", "W001", "A005"):
        for top in explain(out, subject).lines():
            for line in top.walk():
                if line.formula and line.title != "指标得分":
                    assert line.basis and line.scheme_line, line
