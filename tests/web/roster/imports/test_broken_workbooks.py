"""Broken workbooks: no page fails, nothing is written, and each problem is told at its cell."""

import datetime as dt

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.imports.applying import ORDER
from kaohe.web.roster.imports.filled import template_for
from tests.web.roster.imports import spoil
from tests.web.roster.imports.conftest import COUNTY, places
from tests.web.roster.imports.spoil import book, cells

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
SOON = dt.date(2016, 6, 1)
FILE = "文件"
ONE_CELL = b"<row r='1'><c r='A1' t='inlineStr'><is><t>x</t></is></c></row>"


def sheet(name, change):
    return book(lambda opened: change(opened[name]))


def rename(old, new):
    return sheet(old, lambda one: setattr(one, "title", new))


def merge(name, area):
    return sheet(name, lambda one: one.merge_cells(area))


def hide(name, how="hidden"):
    return sheet(name, lambda one: setattr(one, "sheet_state", how))


def drop_column(name, number):
    return sheet(name, lambda one: one.delete_cols(number))


def add_row(name, *values):
    return sheet(name, lambda one: one.append(list(values)))


def add_sheet(name, value="x"):
    return book(lambda opened: opened.create_sheet(name).append([value]))


def only(*names):
    def change(opened):
        for one in opened.sheetnames:
            if one not in names:
                del opened[one]

    return book(change)


CELLS = [
    # Sheet, cell, value: the problem is told there.
    ("人员", "A2", "张三", "编号只用字母"),
    ("人员", "A2", "A" * 31, "编号只用字母"),
    ("人员", "A2", "A 001", "编号只用字母"),
    ("人员", "A2", "../etc", "编号只用字母"),
    ("人员", "A2", None, "没有填"),
    ("人员", "A2", " \u3000", "没有填"),
    ("人员", "A2", 510101199001011234, "超过 15 位"),
    ("人员", "A2", dt.date(2016, 2, 1), "是日期"),
    ("人员", "A2", "P001", None),
    ("人员", "B2", None, "没有填"),
    ("人员", "B2", "字" * 61, "60"),
    ("人员", "B2", "=A2", "是公式"),
    ("人员", "B2", "=cmd|' /C calc'!A0", "是公式"),
    ("人员", "B2", "#N/A", "错误值"),
    ("人员", "C2", "D999", "没有这个单位"),
    ("人员", "C2", "财政", "没有这个单位"),
    ("人员", "C2", "D001 教育局", "没有这个单位"),
    ("人员", "D2", 5.10101e17, "当成了数字"),
    ("人员", "D2", 510101199001011234, "当成了数字"),
    ("人员", "D2", "5.10E+17", "当成了数字"),
    ("人员", "D2", "51010119900101", "18 位"),
    ("人员", "D2", "510101199001011234", "校验位"),
    ("人员", "D2", "510101199013011234", "出生日期"),
    ("人员", "D2", "510***********1234", "带星号"),
    ("人员", "E2", "12345", "11 位手机号"),
    ("人员", "E2", "139******00", "带星号"),
    ("人员", "E2", "1.39E+10", "科学记数法"),
    ("人员", "E2", "无", "11 位手机号"),
    ("人员", "F2", "去年", "不是完整的日期"),
    ("人员", "F2", "2016-13-01", "没有这一天"),
    ("人员", "F2", 42374, "日期序号"),
    ("人员", "F2", dt.datetime(2016, 1, 5, 8, 30), "带了时间"),
    ("人员", "F2", dt.time(8, 30), "是时间"),
    ("人员", "F2", "0001-01-01", "不在 1950 年"),
    ("村", "A2", "V002", None),
    ("村", "B2", None, "没有填"),
    ("村", "C2", "D001", "是部门，不是乡镇"),
    ("村", "C2", "T009", "没有这个单位"),
    ("村", "C2", None, "没有填"),
    ("村", "C2", 1.5, "没有这个单位"),
    ("村", "D2", None, "没有填"),
    ("村", "D2", "大概", "是还是否"),
    ("村", "D2", 3, "是还是否"),
    ("村", "E2", "明年", "不是整数"),
    ("村", "E2", 16, "2000"),
    ("村", "E3", 2016, "只有贫困村"),
    ("村", "F2", "东经105度", "不是度数"),
    ("村", "F2", 1051234, "不是度数"),
    ("村", "F2", "inf", "不是度数"),
    ("村", "G2", 105.1, "90"),
    ("村", "H2", "三百", "不是整数"),
    ("村", "H2", -1, "小于 0"),
    ("村", "H2", 12.5, "不是整数"),
    ("村", "H2", 1e300, "太大"),
    ("村", "H2", 10**9, "太大"),
    ("村", "H2", None, "没有填总户数"),
    ("村", "H2", "=300", "是公式"),
    ("村", "I2", True, "不是数字"),
    ("村", "J2", 301, "贫困户数多于总户数"),
    ("村", "K2", 1001, "贫困人数多于总人数"),
    ("乡镇", "A2", "D001", "不能变成乡镇"),
    ("乡镇", "A2", "T002", None),
    ("乡镇", "B2", "大坪乡", "同名的单位"),
    ("乡镇", "C2", "也许", "是还是否"),
    ("部门", "A2", "T001", "不能变成部门"),
    ("部门", "B2", None, "没有填"),
    ("部门", "D2", "9.9", "没有可填的指标"),
    ("职务", "A2", "P999", "没有这个人员"),
    ("职务", "A2", "钱七", "没有这个人员"),
    ("职务", "B2", "V001", "没有这个单位"),
    ("职务", "C2", None, "没有填"),
    ("职务", "D2", "领导", "选项"),
    ("职务", "E2", None, "没有填"),
    ("职务", "F2", dt.date(2014, 1, 1), "早于"),
    ("工作队", "A2", None, "没有填"),
    ("工作队", "B2", None, "没有填"),
    ("队员", "A2", "W999", "没有这个驻村工作队"),
    ("队员", "B2", "P999", "没有这个人员"),
    ("队员", "C2", "队长", "是还是否"),
    ("队员", "D2", "2016-02-30", "没有这一天"),
    ("队员", "E2", dt.date(2015, 1, 1), "早于"),
    ("派驻", "A3", "书记", "选项"),
    ("派驻", "B3", "W001", "没有这个人员"),
    ("派驻", "B4", "S001", "没有这个驻村工作队"),
    ("派驻", "C3", None, "没有派出单位"),
    ("派驻", "C3", "T001", "是乡镇，不是部门"),
    ("派驻", "D3", "V999", "没有这个村"),
    ("派驻", "E3", "2016年2月31日", "没有这一天"),
    ("派驻", "F3", dt.date(2015, 12, 31), "早于"),
    ("派驻", "G3", "A001", "没有派驻到"),
    ("派驻", "G3", "X", "没有这个人员"),
]  # fmt: skip
MASKED = {"D", "E"}

ROWS = [
    ("a code twice", add_row("人员", "A001", "李四", "D001"), "人员!A7", "与第 2 行的编号相同"),
    ("an ID number twice", lambda c: add_row("人员", "X2", "乙", "D001", "110101199003070011")(add_row("人员", "X1", "甲", "D001", "110101199003070011")(c)), "人员!D", "身份证号"),
    ("a village's name twice", add_row("村", "V009", "柳林村", "T001", "否"), "村!B4", "已有同名的村"),
    ("a unit's name twice", add_row("部门", "D009", "财政局"), "部门!B4", "同名的单位"),
    ("a department named like a township", add_row("部门", "D009", "云溪镇"), "部门!B4", "同名的单位"),
    ("a post twice at a time", add_row("职务", "P003", "T001", "镇长", "联络员", SOON), "职务!C3", "已有这个职务"),
    ("a second head", add_row("职务", "P002", "T001", "书记", "主要领导", SOON), "职务!D3", "已有主要领导"),
    ("a member twice at a time", add_row("队员", "W001", "P001", "否", SOON), "队员!B3", "已在这个工作队"),
    ("a second leader", add_row("队员", "W001", "P002", "是", SOON), "队员!C3", "已有队长"),
    ("a second first secretary", add_row("派驻", "第一书记", "P002", "D002", "V001", SOON), "派驻!D5", "已有同类的派驻"),
    ("a first secretary at two villages", add_row("派驻", "第一书记", "S001", "D001", "V002", SOON), "派驻!B5", "已派驻在别处"),
    ("a secretary who is a technician too", add_row("派驻", "农业科技人员", "S001", "D001", "V002", SOON), "派驻!B5", "已派驻在别处"),
    ("a technician twice at a village", add_row("派驻", "农业科技人员", "A001", "D001", "V001", SOON), "派驻!B5", "已派驻在别处"),
    ("a second team at a village", lambda c: add_row("派驻", "驻村工作队", "W002", None, "V001", SOON)(add_row("工作队", "W002", "二队")(c)), "派驻!D5", "已有同类的派驻"),
    ("a posting twice", add_row("派驻", "第一书记", "S001", "D001", "V001", dt.date(2016, 1, 1)), "派驻!A5", "相同"),
    ("households in part", add_row("村", "V009", "新村", "T001", "否", None, None, None, 10), "村!I4", "没有填"),
    ("an unknown code of a new row", add_row("职务", "P777", "T001", "员", "工作人员", SOON), "职务!A3", "没有这个人员"),
]  # fmt: skip

SHEETS = [
    ("an unknown sheet", add_sheet("名单"), "名单", "多余的工作表"),
    ("a misspelt sheet", rename("人员", "人 员 表"), "人 员 表", "多余的工作表"),
    ("a hidden sheet of ours", hide("人员"), "人员", "是隐藏的"),
    ("a very hidden sheet", hide("村", "veryHidden"), "村", "是隐藏的"),
    ("an unknown hidden sheet", lambda c: hide("老数据")(add_sheet("老数据")(c)), "老数据", "多余的工作表"),
    ("a sheet twice by another name", add_sheet("行政村"), "行政村", "有两个"),
    ("an unknown column", cells("人员", G1="备注"), "人员!G1", "多余的列"),
    ("a misspelt column", cells("人员", D1="身份证号吗"), "人员!D1", "是不是“身份证号”"),
    ("a column twice", cells("人员", G1="姓名"), "人员!G1", "列重复"),
    ("a column twice by another head", cells("人员", G1="手机号"), "人员!G1", "列重复"),
    ("a column without a head", cells("人员", H3="x"), "人员!H1", "没有列名"),
    ("many unknown columns", sheet("人员", lambda one: [one.cell(1, n, f"列{n}") for n in range(7, 300)]), "人员!G1", "多余的列"),
    ("a required column gone", drop_column("人员", 2), "人员!A1", "缺少“姓名”列"),
    ("the code's column gone", drop_column("村", 1), "村!A1", "缺少“编号”列"),
    ("no heads", sheet("人员", lambda one: one.delete_rows(1)), "人员!A1", "多余的列"),
    ("a title above the heads", sheet("人员", lambda one: (one.insert_rows(1), setattr(one["A1"], "value", "人员名单"))), "人员!A1", "多余的列"),
    ("heads in two rows", sheet("人员", lambda one: one.insert_rows(2) or setattr(one["A2"], "value", "（必填）")), "人员!A2", "编号只用字母"),
    ("merged heads", merge("人员", "A1:B1"), "人员!A1", "合并单元格"),
    ("merged cells", merge("人员", "C2:C4"), "人员!C2", "合并单元格"),
    ("a merged row", merge("村", "A2:K2"), "村!A2", "合并单元格"),
    ("a numeric head", cells("人员", G1=2016), "人员!G1", "多余的列"),
    ("a date as a head", cells("人员", G1=dt.date(2016, 1, 1)), "人员!G1", "多余的列"),
    ("a formula as a head", cells("人员", G1="=1+1", G2=5), "人员!G1", "列"),
    ("another county's file", cells("填写说明", B2="邻县（LX）"), "填写说明", "不是禾望县"),
    ("another year's file", cells("填写说明", B3="2015"), "填写说明", "年度"),
    ("nothing but the guide", only("填写说明"), FILE, "没有数据"),
    ("a NUL by its escape", cells("人员", B2="张_x0000_三"), "人员!B2", "控制字符"),
    ("a bell", cells("人员", B2="张_x0007_三"), "人员!B2", "控制字符"),
    ("1904 dates misread as text", lambda c: cells("派驻", E3="1904-13-01")(book(spoil.as_1904)(c)), "派驻!E3", "没有这一天"),
    ("a formula in each cell of a row", sheet("村", lambda one: [setattr(one.cell(2, n), "value", "=1") for n in range(1, 12)]), "村!A2", "是公式"),
    ("an external link's formula", cells("村", H2="=[1]Sheet1!$A$1"), "村!H2", "是公式"),
    ("an array formula", cells("村", H2="=SUM(A1:A2*2)"), "村!H2", "是公式"),
    ("too many rows", sheet("工作队", lambda one: [one.append([f"W{n}", f"队{n}"]) for n in range(50_001)]), "工作队", "50,000 行"),
]  # fmt: skip

FILES = [
    ("empty of sheets", spoil.parts(lambda n, d: None if n.startswith("xl/worksheets/") else d), None),
    ("cut in half", lambda c: c[: len(c) // 2], "已损坏"),
    ("cut at the end", lambda c: c[:-30], "已损坏"),
    ("cut to a few bytes", lambda c: c[:40], "已损坏"),
    ("a hole of zeros", lambda c: c[:3000] + bytes(2000) + c[5000:], "已损坏"),
    ("GBK text by another name", spoil.gbk_csv, "不是 Excel 工作簿"),
    ("UTF-8 text by another name", lambda c: "编号,姓名\n".encode(), "不是 Excel 工作簿"),
    ("an old workbook by another name", lambda c: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "旧版 .xls"),
    ("a web page by another name", lambda c: b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    ("an XML table by another name", lambda c: b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "网页或 XML"),
    ("a picture by another name", lambda c: b"\x89PNG\r\n\x1a\n" + bytes(100), "不是 Excel 工作簿"),
    ("a PDF by another name", lambda c: b"%PDF-1.7\n" + bytes(100), "不是 Excel 工作簿"),
    ("noise", lambda c: bytes(range(256)) * 20, "不是 Excel 工作簿"),
    ("noise behind PK", lambda c: b"PK\x03\x04" + bytes(range(256)) * 20, "已损坏"),
    ("any archive", spoil.parts(lambda n, d: None if n == "xl/workbook.xml" else d), "不是 Excel 工作簿"),
    ("no relations", spoil.parts(lambda n, d: None if n == "xl/_rels/workbook.xml.rels" else d), "已损坏"),
    ("a locked archive", spoil.encrypted_flag, "设了密码"),
    ("macros", spoil.extra("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(600)), "宏"),
    ("two parts of one name", spoil.twice, "同名部分"),
    ("a bomb", spoil.extra("xl/media/image1.png", bytes(150 * 1024 * 1024)), "太大"),
    ("a dense part", spoil.extra("xl/media/image1.png", bytes(32 * 1024 * 1024)), "太大"),
    ("a lying size", spoil.lying_about_size, "声明的大小不实"),
    ("texts that multiply", spoil.shared_bomb, "文字加起来太多"),
    ("entities in the workbook", spoil.xml("xl/workbook.xml", rb"^.*?<workbook", spoil.ENTITIES + b"<workbook"), "实体声明"),
    ("entities in a sheet", spoil.xml("xl/worksheets/sheet2.xml", rb"^.*?<worksheet", spoil.ENTITIES + b"<worksheet"), "实体声明"),
    ("entities in the texts", spoil.xml("xl/sharedStrings.xml", rb"^.*?<sst", spoil.ENTITIES + b"<sst"), "实体声明"),
    ("an outside entity", spoil.xml("xl/workbook.xml", rb"^.*?<workbook", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook'), "实体声明"),
    ("a huge index", spoil.xml("xl/workbook.xml", rb"<sheets>", b"<!--" + bytes(range(65, 91)) * 200_000 + b"--><sheets>"), None),
    ("two sheets of one name", spoil.xml("xl/workbook.xml", "name=\"部门\"".encode(), "name=\"乡镇\"".encode()), "两个同名的工作表"),
    ("a cell far away", sheet("村", lambda one: one.cell(1_048_576, 16_384, "x")), "一直用到第 1048576 行"),
    ("no end of the XML", spoil.xml("xl/worksheets/sheet3.xml", rb"</sheetData>.*$", b""), None),
    ("wrong XML", spoil.xml("xl/worksheets/sheet3.xml", rb"<row ", b"<row <"), None),
    ("wrong XML in the index", spoil.xml("xl/workbook.xml", rb"<sheets>", b"<sheets><"), "已损坏"),
    ("numbers that are none", spoil.sheet_of(b"<row r='1'><c r='A1'><v>abc</v></c></row>"), None),
    ("a text beyond the list", spoil.sheet_of(b"<row r='1'><c r='A1' t='s'><v>999999</v></c></row>"), None),
    ("a text below the list", spoil.sheet_of(b"<row r='1'><c r='A1' t='s'><v>-1</v></c></row>"), None),
    ("an impossible place", spoil.sheet_of(b"<row r='0'><c r='ZZZZ99999999'><v>1</v></c></row>"), None),
    ("a place without a row", spoil.sheet_of(b"<row><c><v>1</v></c></row>"), None),
    ("an unknown type", spoil.sheet_of(b"<row r='1'><c r='A1' t='zz'><v>1</v></c></row>"), None),
    ("an infinite number", spoil.sheet_of(b"<row r='1'><c r='A1'><v>1e999</v></c></row>"), None),
    ("one cell only", spoil.sheet_of(ONE_CELL), None),
    ("a part that leads outside", spoil.xml("xl/_rels/workbook.xml.rels", rb"worksheets/sheet2.xml", b"../../../etc/passwd"), None),
]  # fmt: skip


@pytest.fixture
def attempt(cast, act, send):
    """Upload what became of the present roster; the import, with nothing written beside it."""

    def attempt(spoiled):
        reach = act(cast.office).reach("roster.import")
        content = spoiled(template_for(reach, cast.year, COUNTY, filled=True))
        before = [list(model.objects.order_by("pk").values()) for model in ORDER]
        batch = send(content)
        assert [list(model.objects.order_by("pk").values()) for model in ORDER] == before
        assert (
            not AuditEntry.objects.exclude(object_type="roster.importbatch")
            .exclude(verb__in=["export"])
            .exists()
        )
        return batch

    return attempt


@pytest.mark.parametrize(
    ("name", "place", "value", "why"), CELLS, ids=[f"{s}!{c}-{v!r}"[:60] for s, c, v, _ in CELLS]
)
def test_a_wrong_cell_is_told_there(name, place, value, why, attempt):
    batch = attempt(cells(name, **{place: value}))
    assert batch.state == "faulty"
    if why is None:
        # The second of two rows with one code.
        assert any(where.startswith(f"{name}!{place[0]}") for where in places(batch))
        return
    told = [one for one in batch.problems if why in one["message"]]
    assert told, batch.problems
    assert f"{name}!{place}" in places(batch)


@pytest.mark.parametrize(
    ("spoiled", "place", "why"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_rows_that_exclude_each_other(spoiled, place, why, attempt):
    batch = attempt(spoiled)
    assert batch.state == "faulty"
    assert any(where.startswith(place) for where in places(batch)), batch.problems
    assert any(why in one["message"] for one in batch.problems), batch.problems


@pytest.mark.parametrize(
    ("spoiled", "place", "why"), [s[1:] for s in SHEETS], ids=[s[0] for s in SHEETS]
)
def test_a_wrong_sheet(spoiled, place, why, attempt):
    batch = attempt(spoiled)
    assert batch.state == "faulty"
    assert place in places(batch), (batch.problems, batch.summary)
    assert any(why in one["message"] + one["remedy"] for one in batch.problems), batch.problems


@pytest.mark.parametrize(("spoiled", "why"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_a_file_that_is_no_workbook(spoiled, why, attempt):
    batch = attempt(spoiled)
    assert batch.state == "faulty"
    assert any((why or "") in one["message"] for one in batch.problems), batch.problems


FINE = [
    ("as it is", lambda c: c),
    ("1904 dates", book(spoil.as_1904)),
    ("an external link that nothing uses", spoil.extra("xl/externalLinks/externalLink1.xml", b"<externalLink/>")),
    ("a million empty rows with formats", sheet("村", lambda one: [setattr(one.cell(n, 2), "number_format", "@") for n in range(10, 20_000)])),
    ("a lying dimension", spoil.xml("xl/worksheets/sheet", rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"')),
    ("codes as floats", lambda c: c),
    ("spaces and full-width signs", cells("人员", A2=" Ａ001 ", B2=" 李四　", C2="Ｄ001")),
    ("a unit by name", cells("人员", C2="财政局")),
    ("a unit as the drop-down writes it", cells("人员", C2="D001 财政局")),
    ("an empty sheet besides", book(lambda opened: opened.create_sheet("Sheet9"))),
    ("sheets in another order", book(lambda opened: opened.move_sheet("派驻", -6))),
    ("columns in another order", sheet("人员", lambda one: one.move_range("B1:B6", cols=8))),
    ("blank rows between", sheet("人员", lambda one: one.insert_rows(3, 4))),
    ("drop-downs of their own", sheet("人员", lambda one: one.add_data_validation(DataValidation(type="list", formula1='"a,b"')))),
    ("no sheets but one", only("填写说明", "人员")),
]  # fmt: skip


@pytest.mark.parametrize("change", [f[1] for f in FINE], ids=[f[0] for f in FINE])
def test_these_are_the_same(change, attempt):
    batch = attempt(change)
    assert batch.state == "ready", batch.problems
    assert not batch.has_changes, batch.changes


def test_personal_values_are_masked_in_what_is_told(attempt):
    batch = attempt(cells("人员", D2="510101199001011234", E3="139000001"))
    assert "510101199001011234" not in str(batch.problems)
    assert {one["value"] for one in batch.problems} == {"510" + "*" * 13 + "34", "139****01"}


def test_somebody_who_left_serves_no_longer(attempt):
    batch = attempt(cells("人员", F6=dt.date(2016, 3, 1)))
    assert batch.state == "faulty", "张三 still serves at 柳林村"
