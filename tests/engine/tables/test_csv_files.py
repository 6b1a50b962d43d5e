"""Files that are no proper CSV are told what to do about it, not guessed at."""

import duckdb
import pytest
from tests.engine.tables.cast import SCHEME, county, csv_text, write_csv

from kaohe.engine.tables import InputError, open_inputs


def told(folder):
    with pytest.raises(InputError) as caught, duckdb.connect() as connection:
        open_inputs(SCHEME, folder, connection=connection)
    return [str(problem) for problem in caught.value.problems]


SCORES = csv_text(county()["scores"])

BROKEN = [
    ("GBK", SCORES.replace("甲", "县").encode("gb18030"), "scores.csv:13: 编码不是 UTF-8，像是 GBK（Excel 的普通「CSV」）。请在 Excel 里打开，「另存为」→「CSV UTF-8（逗号分隔）」"),
    ("UTF-16", SCORES.encode("utf-16"), "编码是 UTF-16（Excel 的「Unicode 文本」）"),
    ("bytes of no encoding", SCORES.encode() + b"\xff\xfe\xff", "scores.csv:34: 编码不是 UTF-8，从这一行起读不出来"),
    ("a workbook renamed", b"PK\x03\x04rest", "其实是 Excel 工作簿（.xlsx）或压缩包"),
    ("an old workbook renamed", b"\xd0\xcf\x11\xe0rest", "其实是旧版 Excel 工作簿（.xls）"),
    ("a Parquet file renamed", b"PAR1rest", "其实是 Parquet 文件"),
    ("nothing", b"", "是空的，连标题行也没有"),
    ("blank lines", b"\r\n\r\n", "是空的，连标题行也没有"),
    ("semicolons", SCORES.replace(",", ";").encode(), "scores.csv:1: 各列不是用逗号分隔的"),
    ("tabs", SCORES.replace(",", "\t").encode(), "各列不是用逗号分隔的"),
    ("an open quote", SCORES.encode() + b'T1,year_end,"2,3,\r\nT2,year_end,2,3,\r\n', "scores.csv:34: 英文双引号没有成对"),
    ("text after a quote", SCORES.encode() + b'T1,"year"_end,2,3,\r\n', "scores.csv:34: 英文双引号后面还有别的字"),
    ("a comma too many", SCORES.encode() + b"T1,year_end,2,3,,1\r\n", "scores.csv:34: F 列没有标题，却有内容「1」"),
    ("a giant cell", SCORES.encode() + b"x" * 200_000 + b"\r\n", "scores.csv:34: 有一格超过 13 万字"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_file_that_is_no_proper_csv(tmp_path, data, message):
    folder = write_csv(county(), tmp_path)
    (folder / "scores.csv").write_bytes(data)
    problems = told(folder)
    assert len(problems) == 1
    assert message in problems[0]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(tmp_path, ending, connection):
    folder = write_csv(county(), tmp_path)
    (folder / "scores.csv").write_text(SCORES.replace("\r\n", ending), "utf-8", newline="")
    assert open_inputs(SCHEME, folder, connection=connection).rows("scores") == 32


def test_a_line_break_inside_a_cell_is_one_row(tmp_path):
    tables = county()
    tables["adjustments"][1][5] = "第一行\n第二行\n第三行"
    tables["adjustments"][3][4] = "x"
    assert told(write_csv(tables, tmp_path)) == [
        "adjustments.csv:4 points: x 不是数字，应如 12 或 8.5"
    ]


def test_quoted_cells_are_read(tmp_path, connection):
    tables = county()
    tables["adjustments"][1][5] = '他说"好",又说了一遍'
    inputs = open_inputs(SCHEME, write_csv(tables, tmp_path), connection=connection)
    found = connection.execute(
        "SELECT reason FROM in_adjustments WHERE reason LIKE '%好%'"
    ).fetchall()
    assert found == [('他说"好",又说了一遍',)]
    assert inputs.rows("adjustments") == 3


@pytest.mark.parametrize("name", ["scores.tsv", "指标得分.txt", "scores.xlsx", "数据.xls"])
def test_a_file_of_another_type_is_told(tmp_path, name):
    folder = write_csv(county(), tmp_path)
    (folder / name).write_bytes(b"x")
    assert told(folder)[0].startswith(f"{name}: 文件夹里只读 CSV 和 Parquet 文件")


def test_the_same_table_in_two_formats_is_told(tmp_path):
    folder = write_csv(county(), tmp_path)
    (folder / "scores.parquet").write_bytes(b"x")
    assert told(folder) == ["scores.parquet: 与 scores.csv 是同一张表（指标得分），只留一份"]


def test_a_folder_that_is_not_there(tmp_path):
    assert told(tmp_path / "2016") == ["2016: 没有这个文件夹或文件"]


def test_an_empty_folder_lacks_the_tables_that_are_required(tmp_path):
    assert [line.split("：")[0] for line in told(tmp_path)] == [
        "考核对象（subjects）: 缺少「考核对象」表",
        "指标得分（scores）: 缺少「指标得分」表",
    ]


@pytest.mark.parametrize("name", ["data.csv", "data.xls", "data.pdf"])
def test_a_single_file_must_be_a_workbook(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert len(told(tmp_path / name)) == 1


def test_a_spoilt_table_does_not_make_others_wrong(tmp_path):
    folder = write_csv(county(), tmp_path)
    for table in ("postings", "facts", "ballots"):
        (folder / f"{table}.csv").write_bytes(b"")
    assert len(told(folder)) == 3
    (folder / "subjects.csv").write_bytes(b"")
    assert len(told(folder)) == 4
