"""Workbooks: what Excel makes of cells is undone, and what cannot be read is refused unopened."""

import datetime as dt

import duckdb
import pytest
from tests.engine.tables.cast import SCHEME, county, write_csv
from tests.engine.tables.workbooks import (
    as_bytes,
    book,
    lying_about_size,
    repacked,
    saved,
    sheet_xml,
    with_part,
)

from kaohe.engine.tables import InputError, open_inputs
from kaohe.scheme.model import Scheme


def told(path, scheme=SCHEME):
    with pytest.raises(InputError) as caught, duckdb.connect() as connection:
        open_inputs(scheme, path, connection=connection)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    folder = write_csv(county(), tmp_path_factory.mktemp("csv"))
    with duckdb.connect() as connection:
        return open_inputs(SCHEME, folder, connection=connection).fingerprint()


@pytest.mark.parametrize("typed", [True, False])
def test_a_workbook_gives_the_same_as_csv(tmp_path, connection, typed, expected):
    path = saved(book(typed=typed), tmp_path)
    inputs = open_inputs(SCHEME, path, connection=connection)
    assert inputs.fingerprint() == expected
    assert set(inputs.files.values()) == {path}


def changes(*cells):
    def change(workbook):
        for sheet, place, value in cells:
            workbook[sheet][place].value = value

    return change


def error_cell(workbook):
    cell = workbook["scores"]["D2"]
    cell.value = "#N/A"
    cell.data_type = "e"


def styled_empty_rows(workbook):
    for number in range(40, 3000):
        workbook["scores"].cell(number, 2).number_format = "0.00"


def hidden_rows(workbook):
    workbook["scores"].row_dimensions[2].hidden = True
    workbook["scores"]["D2"].value = 99


FINE = [
    ("empty rows with formats at the end", styled_empty_rows),
    ("an empty sheet besides", lambda w: w.create_sheet("Sheet1")),
    ("the template's own sheets", lambda w: [w.create_sheet(n).append(["x"]) for n in ("说明", "示例", "选项", "对照")]),
    ("a flag as TRUE", changes(("subjects", "F2", True))),
    ("a flag as a number", changes(("subjects", "F2", 1))),
    ("a date with midnight", changes(("postings", "E2", dt.datetime(2015, 3, 1)))),
    ("a month that Excel made a date", changes(("facts", "C2", dt.date(2016, 3, 1)))),
    ("an indicator as a number", changes(("scores", "C2", 1.1), ("scores", "C4", 2))),
    ("a blank column in between", lambda w: w["scores"].insert_cols(2)),
    ("blank rows in between", lambda w: w["scores"].insert_rows(5, 3)),
    ("a blank row on top", lambda w: w["scores"].insert_rows(1)),
    ("a table beginning at C1", lambda w: w["scores"].insert_cols(1, 2)),
]  # fmt: skip


@pytest.mark.parametrize("change", [f[1] for f in FINE], ids=[f[0] for f in FINE])
def test_these_workbooks_are_the_same(tmp_path, connection, change, expected):
    workbook = book()
    change(workbook)
    inputs = open_inputs(SCHEME, saved(workbook, tmp_path), connection=connection)
    assert inputs.fingerprint() == expected


SHEETS = [
    ("a formula error", error_cell, "data.xlsx「scores」:2 points: #N/A 是 Excel 公式的错误值"),
    ("three decimals", changes(("scores", "D2", 3.125)), "「scores」:2 points: 3.125 多于两位小数"),
    ("a huge float", changes(("scores", "D2", 1e300)), "1e+300 是科学记数法"),
    ("a tiny float", changes(("scores", "D2", 1e-7)), "1e-07 是科学记数法"),
    ("points as a date", changes(("scores", "D2", dt.date(2016, 2, 1))), "2016-02-01 是日期，不是数字：多半是 Excel 自动改的"),
    ("an indicator as a date", changes(("scores", "C4", dt.date(2026, 2, 1))), "「scores」:4 indicator: 乡镇没有「2026-02-01」这个指标"),
    ("a date with a time", changes(("postings", "E2", dt.datetime(2015, 3, 1, 8, 30))), "「postings」:2 start: 2015-03-01 08:30:00 不要带时间"),
    ("a date as text with slashes", changes(("postings", "E2", "2015/3/1")), "2015/3/1 应写成 2015-03-01"),
    ("a date as a serial number", lambda w: (changes(("postings", "E2", 42064))(w), setattr(w["postings"]["E2"], "number_format", "General")), "42064 像是 Excel 的日期序号"),
    ("a truth in a column of numbers", changes(("scores", "D2", True)), "TRUE 不是数字"),
    ("an id of 18 digits as a number", changes(("subjects", "A8", 510000199001011234.0)), "「subjects」:8 subject_id: 510000199001011328 超过 15 位，Excel 已把末尾几位变成 0"),
    ("merged cells", lambda w: w["scores"].merge_cells("A2:A4"), "「scores」:2: A2:A4 是合并单元格"),
    ("a merged title", lambda w: (w["scores"].insert_rows(1), changes(("scores", "A1", "得分表"))(w), w["scores"].merge_cells("A1:E1")), "「scores」:1: A1:E1 是合并单元格"),
    ("a title above the header", lambda w: (w["ballots"].insert_rows(1), changes(("ballots", "A1", "测评票"))(w)), "「ballots」:1: 第一行应是列标题"),
    ("a misspelt sheet", lambda w: setattr(w["ballots"], "title", "测评"), "data.xlsx「测评」: 不认识的工作表「测评」；是不是「测评票」"),
    ("a foreign sheet", lambda w: w.create_sheet("汇总").append(["合计"]), "不认识的工作表「汇总」"),
    ("one table on two sheets", lambda w: w.create_sheet("测评票").append(["编号"]), "与 data.xlsx「ballots」 是同一张表（测评票）"),
    ("no sheet of scores", lambda w: (w.remove(w["scores"]), w.remove(w["facts"])), "缺少「指标得分」表"),
    ("a note beside the table", changes(("ballots", "H3", "已核")), "「ballots」:3: H 列没有标题，却有内容「已核」"),
    ("a formula that was never computed", changes(("scores", "D2", "=1+2")), "「scores」:2 points: 没有填写「得分」"),
    ("a hidden row counts", hidden_rows, "「scores」:2 points: 99 超过指标"),
    ("a hidden sheet counts", lambda w: (setattr(w["ballots"], "sheet_state", "hidden"), changes(("ballots", "C2", 1.5))(w)), "「ballots」:2 excellent: 1.5 应是整数"),
    ("a stray cell far away", changes(("ballots", "XFD1048576", "x")), "工作表「ballots」一直用到第 1048576 行、XFD 列"),
    ("invisible characters", changes(("subjects", "A8", "A\u200b1")), "「subjects」:8 subject_id: 「A\\u200b1」含有空格或看不见的字符"),
    ("a space after a choice", changes(("scores", "B2", "half_year ")), "请改成「half_year」"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), [s[1:] for s in SHEETS], ids=[s[0] for s in SHEETS])
def test_what_is_wrong_on_a_sheet_is_told_alone(tmp_path, change, message):
    workbook = book()
    change(workbook)
    problems = told(saved(workbook, tmp_path))
    assert message in problems[0]
    assert len(problems) == 1, problems


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path):
    data = bytearray(path.read_bytes())
    place = data.index(b"xl/worksheets/sheet1.xml") + 200
    data[place : place + 40] = bytes(40)
    path.write_bytes(bytes(data))


def without(part):
    return lambda path: repacked(path, lambda name, data: None if name == part else data)


def written(data):
    return lambda path: path.write_bytes(data)


def entities(path):
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    repacked(
        path,
        lambda name, data: (
            doctype + data.split(b"?>", 1)[-1] if name == "xl/workbook.xml" else data
        ),
    )


FILES = [
    ("an empty file", written(b""), "是空文件"),
    ("an old .xls renamed", written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "是旧版 .xls 或设了打开密码的工作簿"),
    ("a web page renamed", written(b"<html><table></table></html>"), "其实是网页或 XML"),
    ("a CSV renamed", written("编号,得分\r\n".encode()), "不是 Excel 工作簿（.xlsx），只是改了扩展名"),
    ("any archive", lambda p: repacked(p, lambda n, d: None if n == "xl/workbook.xml" else d), "不是 Excel 工作簿"),
    ("a file cut off", cut, "文件已损坏"),
    ("bytes overwritten", flipped, "文件已损坏"),
    ("no relations", without("xl/_rels/workbook.xml.rels"), "文件已损坏"),
    ("no XML", lambda p: repacked(p, lambda n, d: b"x" if n == "xl/workbook.xml" else d), "文件已损坏"),
    ("entities", entities, "内部有实体声明"),
    ("a bomb", lambda p: with_part(p, "xl/media/image1.png", bytes(600 * 1024 * 1024)), "解开后太大（上限 512 MB）"),
    ("a dense part", lambda p: with_part(p, "xl/media/image1.png", bytes(64 * 1024 * 1024)), "压缩比不正常"),
    ("a lying size", lying_about_size, "声明的大小不实，没有打开"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "message"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_a_file_that_is_no_sound_workbook_is_refused(tmp_path, spoil, message):
    path = saved(book(), tmp_path)
    spoil(path)
    problems = told(path)
    assert len(problems) == 1, problems
    assert problems[0].startswith("data.xlsx: ")
    assert message in problems[0]


def test_a_part_twice_is_refused(tmp_path):
    path = saved(book(), tmp_path)
    with pytest.warns(UserWarning, match="Duplicate name"):
        with_part(path, "xl/workbook.xml", b"<workbook/>")
    assert "内部有同名部分" in told(path)[0]


def test_broken_sheet_xml_is_told_with_its_sheet(tmp_path):
    path = saved(book(), tmp_path)
    sheet_xml(path, rb"</sheetData>.*", b"")
    assert "请用 Excel 修复" in told(path)[0]


def test_a_lying_dimension_does_no_harm(tmp_path, connection, expected):
    path = saved(book(), tmp_path)
    sheet_xml(path, rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"')
    assert open_inputs(SCHEME, path, connection=connection).fingerprint() == expected


def test_a_float_that_is_not_what_it_looks(tmp_path):
    path = saved(book(), tmp_path)
    sheet_xml(path, rb"<v>3.5</v>", b"<v>3.5000000000000004</v>")
    assert told(path)[0] == (
        "data.xlsx「scores」:2 points: 3.5000000000000004 多于两位小数，请四舍五入到两位（Excel 里用 ROUND）"
    )


def test_merged_cells_outside_the_table_do_no_harm(tmp_path, connection):
    workbook = book()
    workbook["scores"].merge_cells("H100:J110")
    open_inputs(SCHEME, saved(workbook, tmp_path), connection=connection)


@pytest.mark.parametrize("suffix", [".xls", ".xlsm", ".ods", ".et"])
def test_other_kinds_of_workbook_are_named(tmp_path, suffix):
    path = tmp_path / f"data{suffix}"
    path.write_bytes(as_bytes(book()))
    assert told(path) == [f"data{suffix}: 不读 {suffix} 文件：请用 Excel 另存为 .xlsx"]


def test_a_code_that_a_number_cannot_tell_apart_must_be_text(tmp_path):
    data = SCHEME.model_dump(mode="json")
    group = data["kinds"][0]["indicators"][0]
    group["children"][1]["code"] = "1.10"
    scheme = Scheme.model_validate(data)
    tables = county()
    for row in tables["scores"][1:]:
        row[2] = {"1.2": "1.10"}.get(row[2], row[2])
    workbook = book(tables)
    with duckdb.connect() as connection:
        open_inputs(scheme, saved(workbook, tmp_path), connection=connection)
    workbook["scores"]["C3"].value = 1.1
    problems = told(saved(workbook, tmp_path), scheme)
    assert problems == [
        "data.xlsx「scores」:3 indicator: 1.1 是数字格式，分不清是 1.1 还是 1.10：请把这一列设为文本格式后重新填写"
    ]
