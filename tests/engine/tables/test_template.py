"""The workbook to fill in: filled by people, it reads back as what they wrote."""

import csv
from pathlib import Path

import duckdb
import openpyxl
import pytest
from tests.engine.tables.cast import SCHEME, county, write_csv

from kaohe.engine.tables import InputError, inputs_from_tables, open_inputs, tables_of
from kaohe.engine.tables.examples import example_rows
from kaohe.engine.tables.template import write_template
from kaohe.scheme import load_scheme

COUNTY = "xx-county-2016"
EXAMPLE = Path(__file__).parents[3] / "examples" / COUNTY


def filled(scheme, tables, path):
    """Type the tables into the template as a person would: numbers are numbers, the rest is text."""
    write_template(scheme, path)
    workbook = openpyxl.load_workbook(path)
    for table in tables_of(scheme).values():
        sheet = workbook[table.label]
        places = {sheet.cell(1, place).value: place for place in range(1, len(table.columns) + 1)}
        header, *rows = tables.get(table.name, [[]])
        for number, row in enumerate(rows, start=2):
            for code, text in zip(header, row, strict=True):
                column = table.column(code)
                if text:
                    number_cell = column.type in ("hundredths", "count")
                    sheet.cell(number, places[column.label]).value = (
                        float(text) if number_cell else text
                    )
    workbook.save(path)
    return path


def test_the_countys_year_typed_into_the_template_reads_the_same(tmp_path):
    scheme = load_scheme(COUNTY)
    tables = {
        path.stem: list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
        for path in EXAMPLE.glob("*.csv")
    }
    typed = open_inputs(
        scheme, filled(scheme, tables, tmp_path / "t.xlsx"), connection=duckdb.connect()
    )
    plain = open_inputs(scheme, EXAMPLE, connection=duckdb.connect())
    assert typed.rows("scores") == plain.rows("scores") > 3000
    assert typed.fingerprint() == plain.fingerprint()


def test_every_kind_of_table_typed_into_the_template_reads_the_same(tmp_path):
    typed = open_inputs(
        SCHEME, filled(SCHEME, county(), tmp_path / "t.xlsx"), connection=duckdb.connect()
    )
    plain = open_inputs(SCHEME, write_csv(county(), tmp_path / "csv"), connection=duckdb.connect())
    assert typed.fingerprint() == plain.fingerprint()


def test_the_empty_template_lacks_only_what_is_required(tmp_path, connection):
    write_template(SCHEME, tmp_path / "t.xlsx")
    with pytest.raises(InputError) as caught:
        open_inputs(SCHEME, tmp_path / "t.xlsx", connection=connection)
    assert [str(problem) for problem in caught.value.problems] == [
        "t.xlsx「考核对象」: 只有标题行，没有数据",
        "t.xlsx「指标得分」: 只有标题行，没有数据",
    ]


@pytest.mark.parametrize("scheme", [SCHEME, load_scheme(COUNTY)], ids=["small", COUNTY])
def test_the_examples_are_right_by_the_schemes_own_checks(scheme, connection):
    tables = {name: example_rows(scheme, table) for name, table in tables_of(scheme).items()}
    whole = {row["subject_id"]: row["kind"] for row in tables["subjects"]}
    tables["scores"] = [
        {**row, "indicator": leaf.code, "points": "0"}
        for row in tables["scores"]
        for leaf in scheme.kind(whole[row["subject_id"]]).leaves()
        if leaf.applies is None
        or leaf.code in "".join(_listed(tables["subjects"], row["subject_id"]))
    ]
    inputs_from_tables(scheme, tables, connection=connection, partial=True)


def _listed(subjects, code):
    row = next(row for row in subjects if row["subject_id"] == code)
    return row.get("special_items", "").split(";")


def test_sheets_headers_formats_and_drop_downs(tmp_path):
    write_template(SCHEME, tmp_path / "t.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "t.xlsx")
    labels = [table.label for table in tables_of(SCHEME).values()]
    assert workbook.sheetnames == ["说明", *labels, "示例", "对照", "选项"]
    assert workbook["选项"].sheet_state == "hidden"
    scores = workbook["指标得分"]
    assert [cell.value for cell in scores[1]] == ["编号", "轮次", "指标", "得分", "评分来源"]
    assert scores.freeze_panes == "B2"
    assert "必填" in scores["C1"].comment.text
    formats = {letter: scores.column_dimensions[letter].width for letter in "ABC"}
    assert min(formats.values()) >= 10
    rules = {
        str(rule.sqref).split(":")[0]: rule.type for rule in scores.data_validations.dataValidation
    }
    assert rules == {"B2": "list", "C2": "list", "D2": "decimal"}
    postings = workbook["派驻"]
    rules = {
        str(rule.sqref).split(":")[0]: rule.type
        for rule in postings.data_validations.dataValidation
    }
    assert rules == {"E2": "date", "F2": "date"}


def test_every_choice_of_a_drop_down_is_accepted_by_reading(tmp_path):
    write_template(SCHEME, tmp_path / "t.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "t.xlsx")
    listed = {
        cell.value for column in workbook["选项"].iter_cols() for cell in column if cell.value
    }
    assert {"乡镇", "半年考核", "1.1", "加分", "受到表彰", "召回", "信息", "是", "甲"} <= listed
    assert "达标月数" not in listed


def test_the_same_scheme_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_template(SCHEME, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
