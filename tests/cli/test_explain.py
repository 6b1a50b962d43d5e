"""kaohe explain: the same numbers as in results.csv, line by line."""

import csv
import json
from decimal import Decimal

import pytest

from tests.cli.typed import typed

ONE_OF_EACH = ("T001", "D007", "S055", "W001", "A005")


def results(out):
    with (out / "results.csv").open(encoding="utf-8-sig") as file:
        return {row["subject_id"]: row for row in csv.DictReader(file)}


def titles(lines):
    for line in lines:
        yield line["title"], line.get("value")
        yield from titles(line.get("children", []))


@pytest.mark.parametrize("subject", ONE_OF_EACH)
def test_json_holds_the_numbers_of_results_csv(out, subject):
    done = typed("explain", out, subject, "--json")
    assert done.exit_code == 0
    sheet = json.loads(done.stdout)
    row = results(out)[subject]
    told = sheet["results"]
    assert told.keys() == {name for name, cell in row.items() if cell}
    for name, cell in told.items():
        if name in ("subject_id", "kind", "grade", "award"):
            assert cell == row[name]
        else:
            assert Decimal(cell) == Decimal(row[name]), name
    shown = dict(titles(sheet["lines"]))
    assert shown["半年考核得分"] == row["half_year_review"]
    assert shown.get("年度得分", shown.get("年度总分")) == row["annual_score"]


@pytest.mark.parametrize("subject", ONE_OF_EACH)
def test_every_number_of_the_results_is_on_the_sheet(out, subject):
    done = typed("explain", out, subject)
    assert done.exit_code == 0
    row = results(out)[subject]
    for column in ("half_year_review", "year_end_review", "annual_score", "grade", "award"):
        assert row[column] in done.stdout
    assert f"第 {row['rank']} 名" in done.stdout
    assert "口径" in done.stdout


def test_brief_leaves_the_readings_out(out):
    brief, full = (typed("explain", out, "D007", *more).stdout for more in (["--brief"], []))
    assert "口径" not in brief
    assert "代入" in brief
    assert len(brief) < len(full)


def test_each_rule_names_its_clause_and_its_line_in_the_scheme(out):
    text = typed("explain", out, "D007", "--brief").stdout
    lines = (out / "scheme.yaml").read_text("utf-8").split("\n")
    annual = next(line for line in text.split("\n") if line.startswith("年度总分"))
    assert "〔三(二)2" in annual
    place = int(annual.split("方案第 ")[1].split(" 行")[0])
    assert any("年度总分" in line or "平均(" in line for line in lines[place - 1 : place + 1])


def test_consequences_are_told(out):
    text = typed("explain", out, "A005").stdout
    assert "结果运用" in text and "召回" in text


def test_an_unknown_id_is_told_with_the_nearest(out):
    done = typed("explain", out, "D999")
    assert done.exit_code == 2
    assert "结果里没有考核对象「D999」；相近的有：" in done.stderr
    assert "D009" in done.stderr


def test_a_folder_without_a_run_is_told(tmp_path):
    done = typed("explain", tmp_path, "D007")
    assert done.exit_code == 2
    assert "里没有计算结果" in done.stderr and "kaohe score" in done.stderr


@pytest.mark.parametrize("subject", ["", "'", '"; DROP TABLE', "T001'--", "../T001", "Ｔ００１"])
def test_whatever_is_typed_as_an_id_is_only_an_id(out, subject):
    done = typed("explain", out, subject)
    assert done.exit_code == 2
    assert "结果里没有考核对象" in done.stderr
