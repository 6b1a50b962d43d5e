"""A county that is right is taken whole, whatever form it comes in."""

import datetime as dt

import duckdb
import pytest
from tests.engine.tables.cast import SCHEME, county, write_csv
from tests.engine.tables.spoil import cell, header, only_header, with_column, without_table

from kaohe.engine.tables import inputs_from_tables, open_inputs, tables_of


def opened(tables, folder, connection=None, **options):
    connection = connection or duckdb.connect()
    return open_inputs(SCHEME, write_csv(tables, folder), connection=connection, **options)


def rows(inputs, table):
    return inputs.connection.execute(f"SELECT * FROM in_{table} ORDER BY ALL").fetchall()


def test_every_relation_is_typed_and_in_the_schemes_own_words(tmp_path, connection):
    inputs = opened(county(), tmp_path, connection)
    assert rows(inputs, "subjects")[0] == ("A1", "农技员", "王五", "", None, [], None, None)
    assert rows(inputs, "subjects")[1] == ("D1", "部门", "财政局", "", "甲", ["2.1"], None, None)
    assert rows(inputs, "subjects")[2] == ("D2", "部门", "教育局", "", "乙", [], None, None)
    assert rows(inputs, "postings")[1] == ("S1", "D1", "T1", "东村", dt.date(2015, 3, 1), None)
    assert rows(inputs, "scores")[-1] == ("T2", "year_end", "2", 9000, None)
    assert rows(inputs, "adjustments")[-1] == (
        "T2",
        "year_end",
        "deduction",
        "deduction-1",
        150,
        None,
    )
    assert rows(inputs, "ballots") == [("S1", "half_year", 20, 5, 1), ("S1", "year_end", 22, 3, 0)]
    assert rows(inputs, "determinations") == [("S1", "recalled", dt.date(2016, 10, 12), "履职不力")]
    assert rows(inputs, "facts")[-1] == ("T1", None, "2016Q3", "rate", 9950)
    assert {name: inputs.rows(name) for name in tables_of(SCHEME)} == {
        "subjects": 7,
        "postings": 2,
        "scores": 32,
        "adjustments": 3,
        "ballots": 2,
        "determinations": 1,
        "facts": 3,
    }
    assert set(inputs.files) == set(tables_of(SCHEME))


def test_a_flag_not_given_is_told_by_the_list_of_members(tmp_path, connection):
    tables = county()
    cell("subjects", 3, "project", "")(tables)
    inputs = opened(tables, tmp_path, connection)
    flags = {row[0]: row[6] for row in rows(inputs, "subjects")}
    assert (flags["T1"], flags["T2"], flags["D1"]) == (True, False, None)


def test_a_listed_member_that_nobody_is_named_after_is_noticed(tmp_path, connection):
    tables = county()
    cell("subjects", 2, "name", "青山镇")(tables)
    assert ["青山乡" in notice for notice in opened(tables, tmp_path, connection).notices][-1:] == [
        True
    ]


def test_a_link_left_empty_is_noticed(tmp_path, connection):
    tables = county()
    cell("postings", 2, "township_id", "")(tables)
    notices = opened(tables, tmp_path, connection).notices
    assert notices == ["postings.csv：有 1 行没有填「所在乡镇」，这些派驻对象不计入任何乡镇"]


def in_chinese(tables):
    known = tables_of(SCHEME)
    result = {}
    for name, lines in tables.items():
        table = known[name]
        columns = [table.column(code) for code in lines[0]]
        words = [
            {text: choice.label for choice in column.choices for text in choice.texts()}
            for column in columns
        ]
        body = [
            [word.get(text, text) for word, text in zip(words, line, strict=True)]
            for line in lines[1:]
        ]
        result[table.label] = [[column.label for column in columns], *body]
    return result


@pytest.mark.parametrize("bom", [False, True])
def test_chinese_names_headers_and_values_give_the_same(tmp_path, bom):
    plain = opened(county(), tmp_path / "plain")
    folder = write_csv(in_chinese(county()), tmp_path / "chinese", bom=bom)
    chinese = open_inputs(SCHEME, folder, connection=duckdb.connect())
    assert "考核对象.csv" in [path.name for path in folder.iterdir()]
    assert chinese.fingerprint() == plain.fingerprint()


def test_the_code_of_a_kind_is_accepted_and_its_name_kept(tmp_path, connection):
    tables = county()
    cell("subjects", 4, "kind", "department")(tables)
    assert rows(opened(tables, tmp_path, connection), "subjects")[1][1] == "部门"


@pytest.mark.parametrize(
    "spoil",
    [
        cell("subjects", 2, "project", "是"),
        cell("subjects", 4, "project", "0"),
        cell("scores", 2, "points", "3.50"),
        cell("scores", 2, "points", "03"),
        cell("scores", 2, "points", "3.33"),
        header("scores", "points", " points "),
        header("scores", "points", "得分"),
        without_table("adjustments"),
        without_table("determinations"),
        only_header("adjustments"),
        with_column("subjects", "county", *["东县"] * 7),
        with_column("subjects", ""),
        with_column("scores", "", ""),
    ],
)
def test_these_are_no_problems(tmp_path, connection, spoil):
    tables = county()
    spoil(tables)
    opened(tables, tmp_path, connection)


def test_blank_lines_are_passed_over_but_counted(tmp_path, connection):
    folder = write_csv(county(), tmp_path)
    text = (folder / "subjects.csv").read_text("utf-8")
    (folder / "subjects.csv").write_text(
        text.replace("T2,", "\r\n,,,,,,\r\nT2,", 1) + "\r\n\r\n", "utf-8"
    )
    assert open_inputs(SCHEME, folder, connection=connection).rows("subjects") == 7


def test_a_row_without_trailing_commas_is_empty_there(tmp_path, connection):
    folder = write_csv(county(), tmp_path)
    text = (folder / "ballots.csv").read_text("utf-8")
    (folder / "ballots.csv").write_text(text.replace("22,3,", "22,3"), "utf-8")
    assert rows(open_inputs(SCHEME, folder, connection=connection), "ballots")[1][-1] == 0


def test_files_that_are_none_of_our_business_are_left_alone(tmp_path, connection):
    folder = write_csv(county(), tmp_path)
    for name in ("README.md", ".DS_Store", "~$data.xlsx", "说明.docx"):
        (folder / name).write_bytes(b"x")
    (folder / "附件").mkdir()
    open_inputs(SCHEME, folder, connection=connection)


def test_rows_in_memory_are_checked_the_same(connection):
    tables = county()
    listed = {
        name: [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
        for name, lines in tables.items()
    }
    inputs = inputs_from_tables(SCHEME, listed, connection=connection)
    assert inputs.rows("scores") == 32
    assert inputs.files == {}


def test_opening_again_on_the_same_connection_replaces_everything(tmp_path, connection):
    opened(county(), tmp_path / "a", connection)
    tables = county()
    without_table("adjustments")(tables)
    inputs = opened(tables, tmp_path / "b", connection)
    assert inputs.rows("adjustments") == 0
    left = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE table_name IN ('_subjects', '_known_scores', '_missing')"
    ).fetchall()
    assert left == []


def test_a_sheet_is_owed_only_for_rounds_that_a_posting_touches(tmp_path, connection):
    tables = county()
    cell("postings", 2, "start", "2016-07-01")(tables)
    for table in ("scores", "ballots"):
        tables[table] = [row for row in tables[table] if row[:2] != ["S1", "half_year"]]
    opened(tables, tmp_path, connection)


def test_a_measured_indicator_may_be_left_to_the_facts(tmp_path, connection):
    tables = county()
    tables["scores"] = [row for row in tables["scores"] if row[:3] != ["S1", "half_year", "2"]]
    opened(tables, tmp_path, connection)


def test_a_measured_indicator_may_be_left_to_the_facts_in_every_round(tmp_path, connection):
    tables = county()
    tables["scores"] = [row for row in tables["scores"] if (row[0], row[2]) != ("S1", "2")]
    opened(tables, tmp_path, connection)


def test_a_conditional_indicator_may_have_scores_or_not(tmp_path, connection):
    tables = county()
    for source in ("领导", "群众"):
        tables["scores"].append(["A1", "half_year", "2", "30", source])
    opened(tables, tmp_path, connection)


def test_in_mid_year_missing_sheets_and_ballots_are_notices(tmp_path, connection):
    tables = county()
    tables["scores"] = [row for row in tables["scores"] if row[1] != "year_end"]
    tables["ballots"] = [row for row in tables["ballots"] if row[1] != "year_end"]
    notices = opened(tables, tmp_path, connection, partial=True).notices
    assert notices[0] == "年终考评：乡镇有 2 个对象还没有指标得分（T1、T2）"
    assert notices[-1] == "年终考评：第一书记有 1 个对象还没有测评票（S1）"
    assert len(notices) == 6
