"""The example county comes out to the last digit, in whatever shape it is handed in."""

import shutil

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engine.county import (
    EXAMPLE,
    EXPECTED,
    SCHEME,
    TEXT,
    as_parquet,
    as_workbook,
    rows_of,
    with_chinese_headers,
)

from kaohe.engine import connect, open_inputs, score, write
from kaohe.engine.groups import Job, score_folder

SHAPES = {
    "csv": lambda folder: EXAMPLE,
    "parquet": lambda folder: as_parquet(folder / "parquet"),
    "workbook": lambda folder: as_workbook(folder / "2016.xlsx"),
    "chinese": lambda folder: with_chinese_headers(folder / "考核"),
}


def run(data, out):
    inputs = open_inputs(SCHEME, data, connection=connect())
    write(score(SCHEME, inputs), out, TEXT)
    return out


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return run(EXAMPLE, tmp_path_factory.mktemp("golden") / "out")


def assert_golden(folder):
    for name in ("results.csv", "consequences.csv"):
        assert rows_of(folder / name) == rows_of(EXPECTED / name)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_county_comes_out_to_the_last_digit(shape, tmp_path):
    assert_golden(run(SHAPES[shape](tmp_path), tmp_path / "out"))


def test_a_second_run_from_the_run_s_own_copy_gives_the_same(out, tmp_path):
    assert_golden(run(out / "inputs", tmp_path / "again"))


def test_a_run_of_the_whole_folder_says_how_many_it_was(tmp_path):
    summary = score_folder(Job(SCHEME, TEXT), EXAMPLE, tmp_path / "out")
    assert summary.subjects == {"": 240}
    assert_golden(tmp_path / "out")


def test_results_are_ordered_as_the_scheme_lists_kinds_and_then_by_id(out):
    ids = [line.split(",")[:2] for line in (out / "results.csv").read_text("utf-8-sig").split()[1:]]
    kinds = [kind.name for kind in SCHEME.kinds]
    assert ids == sorted(ids, key=lambda row: (kinds.index(row[1]), row[0]))


@pytest.mark.parametrize("name", ["results.csv", "consequences.csv"])
def test_csv_files_open_in_excel(out, name):
    content = (out / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    content.decode("utf-8-sig")


def test_results_hold_decimals_integers_and_texts(out):
    schema = pq.read_schema(out / "results.parquet")
    points = ["half_year_review", "year_end_review", "half_year_ballot", "year_end_ballot"]
    for name in (*points, "annual_score", "bonus_ratio"):
        assert schema.field(name).type == pa.decimal128(18, 2), name
    assert schema.field("rank").type == pa.int32()
    for name in ("subject_id", "kind", "grade", "award"):
        assert schema.field(name).type in (pa.string(), pa.large_string()), name


def test_the_results_of_both_files_are_the_same(out):
    trimmed = {column.column for column in SCHEME.columns if column.trim}
    rows = []
    for row in pq.read_table(out / "results.parquet").to_pylist():
        cells = {name: "" if value is None else str(value) for name, value in row.items()}
        for name in trimmed & {name for name, text in cells.items() if text}:
            cells[name] = cells[name].rstrip("0").rstrip(".")
        rows.append(list(cells.values()))
    assert sorted(rows) == rows_of(out / "results.csv")[1:]


def test_steps_are_whole_numbers_flags_and_texts(out):
    types = {t for _, t, *_ in duckdb.sql(f"DESCRIBE FROM '{out}/steps.parquet'").fetchall()}
    assert types <= {"BIGINT", "BOOLEAN", "VARCHAR"}


def test_no_file_of_a_run_holds_a_float(out):
    files = sorted(out.rglob("*.parquet"))
    assert len(files) == 9
    for file in files:
        types = {row[1] for row in duckdb.sql(f"DESCRIBE FROM '{file}'").fetchall()}
        assert not types & {"DOUBLE", "FLOAT", "REAL"}, file.name
        assert not any("DOUBLE" in kind or "FLOAT" in kind for kind in types), file.name


def test_rows_in_any_order_give_the_same(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    for path in data.glob("*.csv"):
        header, *rows = path.read_text("utf-8-sig").splitlines()
        path.write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
    assert_golden(run(data, tmp_path / "out"))
