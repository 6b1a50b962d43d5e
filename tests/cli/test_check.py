"""kaohe check, where, schemes, schema, template, version: what a scheme says, and where."""

import json

import openpyxl
import pytest

from kaohe import __version__
from kaohe.engine.tables import tables_of
from kaohe.scheme import load_scheme
from kaohe.scheme.readings import readings
from kaohe.scheme.unused import unused
from tests.cli.typed import ROOT, SECOND, typed

NAME = "xx-county-2016"


@pytest.fixture(scope="module")
def checked():
    done = typed("check", NAME)
    assert done.exit_code == 0
    return done.stdout


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(NAME)


def test_check_prints_every_indicator_with_points_and_clause(checked, scheme):
    for kind in scheme.kinds:
        assert f"{kind.name}（{kind.points} 分） 〔{kind.basis}〕" in checked
        for node in kind.nodes():
            assert f"{node.code} {node.name}（{node.points} 分" in checked


def test_check_prints_every_formula(checked, scheme):
    flat = "".join(checked.split())
    for kind in scheme.kinds:
        for result in kind.results:
            assert "".join(result.formula.text.split()) in flat


def test_check_scores_the_worked_examples_beside_the_scheme(checked):
    assert "例题 18 个，计算结果全部相符" in checked


def test_check_fails_on_a_worked_example_that_does_not_come_out(tmp_path):
    home = ROOT / "src" / "kaohe" / "schemes" / NAME
    for name in ("scheme.yaml", "examples.yaml"):
        text = (home / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace("at_least: 90}", "at_least: 91}"), "utf-8")
    done = typed("check", str(tmp_path))
    assert done.exit_code == 2
    assert "与方案不符" in done.stderr


def test_check_prints_every_reading(checked, scheme):
    flat = "".join(checked.split())
    for reading in readings(scheme):
        words = "".join(reading.text.split())
        assert words in flat.replace("│", "") or words[:20] in flat, reading.text


def test_check_prints_what_is_never_used(checked, scheme):
    sentences = list(unused(scheme))
    assert len(sentences) > 5
    for sentence in sentences:
        assert sentence in checked
    assert checked.rstrip().endswith("方案没有问题")


def test_check_takes_a_file_and_a_folder():
    assert typed("check", SECOND).exit_code == 0
    assert typed("check", SECOND / "scheme.yaml").exit_code == 0


def test_a_bad_scheme_is_told_with_file_line_and_clause(tmp_path):
    text = (SECOND / "scheme.yaml").read_text("utf-8")
    path = tmp_path / "明川.yaml"
    path.write_text(text.replace("formula: 群众满意度", "formula: 群众满意", 1), "utf-8")
    line = 1 + path.read_text("utf-8")[
        : path.read_text("utf-8").index("formula: 群众满意\n")
    ].count("\n")
    for command in (["check", path], ["score", path, SECOND / "input", "--out", tmp_path / "out"]):
        done = typed(*command)
        assert done.exit_code == 2
        assert done.stderr.startswith(
            f"明川.yaml:{line}（条款 第十一条） 不认识「群众满意」；是不是「群众满意度」"
        )
        assert done.stderr.rstrip().endswith("方案有 1 处问题，没有使用。")
        assert done.stdout == ""


def test_an_unknown_scheme_is_told_with_those_there_are():
    done = typed("check", "yy-county")
    assert done.exit_code == 2
    assert NAME in done.stderr


@pytest.mark.parametrize("clause", ["三(二)2", "三（二）2", " 三(二)2 "])
def test_where_names_the_lines_of_a_clause(clause):
    done = typed("where", clause)
    assert done.exit_code == 0
    text = (ROOT / "src/kaohe/schemes" / NAME / "scheme.yaml").read_text("utf-8").split("\n")
    found = [int(line.split()[0].split(":")[1]) for line in done.stdout.strip().split("\n")]
    assert found == sorted(found) and len(found) == 5
    for number in found:
        assert any("三(二)2" in line for line in text[number - 1 : number + 7])


def test_where_takes_the_clauses_below():
    below = typed("where", "二(一)1").stdout.strip().split("\n")
    assert [line.split()[1] for line in below] == [
        "二(一)1(1)",  # the meetings that are recorded
        "二(一)1(1)",  # and counted
        "二(一)1",
        "二(一)1(1)",
        "二(一)1(2)",
        "二(一)1(3)",
    ]
    assert len(typed("where", "二").stdout.strip().split("\n")) > 90


def test_where_finds_the_second_of_two_clauses_cited_together():
    assert "完成减贫任务" in typed("where", "四(二)2").stdout
    assert "完成减贫任务" in typed("where", "四(二)1").stdout


def test_where_of_nothing_says_how_clauses_are_written():
    done = typed("where", "九(九)9")
    assert done.exit_code == 2
    assert "没有引用条款「九(九)9」" in done.stderr


def test_where_reads_another_scheme():
    assert "群众满意度" in typed("where", "第十一条", "--scheme", SECOND).stdout


def test_schemes_lists_what_is_shipped(scheme):
    assert typed("schemes").stdout.strip() == f"{NAME}  {scheme.title}  第 1 版"


def test_the_schema_in_the_documents_is_the_one_that_is_printed(tmp_path):
    done = typed("schema")
    assert done.stdout == (ROOT / "docs" / "scheme.schema.json").read_text("utf-8")
    assert json.loads(done.stdout)["title"] == "Scheme"
    assert typed("schema", "--out", tmp_path / "s.json").exit_code == 0
    assert (tmp_path / "s.json").read_text("utf-8") == done.stdout


def test_the_template_opens_in_excel_with_a_sheet_a_table(tmp_path, scheme):
    path = tmp_path / "模板.xlsx"
    done = typed("template", NAME, "--out", path)
    assert done.exit_code == 0 and str(path) in done.stdout
    book = openpyxl.load_workbook(path)
    for table in tables_of(scheme).values():
        header = [cell.value for cell in book[table.label][1]]
        assert set(header) <= {c.label for c in table.columns} | {c.code for c in table.columns}
        assert header[0] in ("编号", "subject_id")


def test_the_version_is_the_package_s():
    assert typed("version").stdout.strip() == __version__


def test_without_a_command_there_is_help():
    help_ = typed()
    for command in ("score", "explain", "check", "template", "where", "schemes", "schema"):
        assert command in help_.output
