"""Parquet and Arrow tables: typed columns are taken exactly, or refused."""

from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engine.tables.cast import SCHEME, county, write_csv

from kaohe.engine.tables import InputError, inputs_from_tables, open_inputs

TYPES = {
    "scores": {"points": "DECIMAL(9,2)"},
    "adjustments": {"points": "DECIMAL(9,2)"},
    "postings": {"start": "DATE", "end": "DATE"},
    "determinations": {"date": "DATE"},
    "ballots": {"excellent": "BIGINT", "competent": "INTEGER", "abstain": "SMALLINT"},
    "facts": {"value": "DECIMAL(9,2)"},
    "subjects": {"project": "BOOLEAN", "population": "DECIMAL(9,2)"},
}


def write_parquet(tables, folder, types=None):
    folder.mkdir(parents=True, exist_ok=True)
    csv = write_csv(tables, folder.with_name(folder.name + "-csv"))
    with duckdb.connect() as database:
        for name in tables:
            columns = dict.fromkeys(tables[name][0], "VARCHAR") | (types or TYPES).get(name, {})
            casts = ", ".join(
                f'TRY_CAST(nullif("{c}", \'\') AS {t}) AS "{c}"' for c, t in columns.items()
            )
            database.execute(
                f"COPY (SELECT {casts} FROM read_csv('{csv / name}.csv', all_varchar = true, header = true, nullstr = '~')) "
                f"TO '{folder / name}.parquet' (FORMAT parquet)"
            )
    return folder


def told(folder):
    with pytest.raises(InputError) as caught, duckdb.connect() as connection:
        open_inputs(SCHEME, folder, connection=connection)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    folder = write_csv(county(), tmp_path_factory.mktemp("csv"))
    with duckdb.connect() as connection:
        return open_inputs(SCHEME, folder, connection=connection).fingerprint()


@pytest.mark.parametrize(
    "points",
    [
        "DECIMAL(9,2)",
        "DECIMAL(18,4)",
        "DECIMAL(38,2)",
        "DECIMAL(5,2)",
        "DOUBLE",
        "FLOAT",
        "VARCHAR",
    ],
)
def test_points_of_any_exact_type_are_the_same(tmp_path, connection, points, expected):
    types = TYPES | {"scores": {"points": points}}
    inputs = open_inputs(
        SCHEME, write_parquet(county(), tmp_path / "p", types), connection=connection
    )
    assert inputs.fingerprint() == expected


def test_texts_throughout_are_the_same(tmp_path, connection, expected):
    folder = write_parquet(county(), tmp_path / "p", {"none": {}})
    assert open_inputs(SCHEME, folder, connection=connection).fingerprint() == expected


@pytest.mark.parametrize("date", ["DATE", "TIMESTAMP"])
def test_dates_of_any_type_are_the_same(tmp_path, connection, date, expected):
    types = TYPES | {"postings": {"start": date, "end": date}}
    folder = write_parquet(county(), tmp_path / "p", types)
    assert open_inputs(SCHEME, folder, connection=connection).fingerprint() == expected


def test_parquet_and_csv_may_stand_side_by_side(tmp_path, connection, expected):
    folder = write_parquet(county(), tmp_path / "p")
    tables = county()
    (folder / "scores.parquet").unlink()
    write_csv({"scores": tables["scores"]}, folder)
    assert open_inputs(SCHEME, folder, connection=connection).fingerprint() == expected


@pytest.mark.parametrize(
    ("points", "value", "message"),
    [
        ("DOUBLE", "4.5", "scores.parquet:2 points: 4.5 超过指标 1.1「组织领导」的满分 4"),
        ("DOUBLE", "3.1400000000000001", "3.14"),
        ("DOUBLE", "0.30000000000000004", "0.30000000000000004 多于两位小数"),
        ("DOUBLE", "nan", "nan 不是数字"),
        ("DOUBLE", "inf", "inf 不是数字"),
        ("DOUBLE", "1e30", "1e+30 是科学记数法"),
        ("DECIMAL(9,3)", "3.125", "3.125 多于两位小数"),
        ("DECIMAL(9,2)", "-0.01", "-0.01 是负数"),
        ("DECIMAL(9,2)", "", "没有填写「得分」"),
        ("BIGINT", "9223372036854775807", "9223372036854775807 太大了"),
        ("INTEGER", "5", "5 超过指标 1.1"),
        ("DATE", "2016-01-01", "2016-01-01 是日期，不是数字"),
    ],
)
def test_typed_points_that_will_not_do_are_told_with_their_row(tmp_path, points, value, message):
    tables = county()
    for row in tables["scores"][1:]:
        row[3] = "1" if points != "DATE" else "2016-01-01"
    tables["scores"][1][3] = value
    folder = write_parquet(tables, tmp_path / "p", TYPES | {"scores": {"points": points}})
    if message == "3.14":
        with duckdb.connect() as connection:
            open_inputs(SCHEME, folder, connection=connection)
        return
    assert told(folder)[0].startswith("scores.parquet:2 points: ")
    assert message in told(folder)[0]


def test_the_row_is_as_if_a_header_were_row_1(tmp_path):
    tables = county()
    tables["scores"][20][3] = "-1"
    assert told(write_parquet(tables, tmp_path / "p"))[0].startswith("scores.parquet:21 points")


@pytest.mark.parametrize(
    ("column", "kind", "message"),
    [
        ("indicator", "DOUBLE", "scores.parquet indicator: 这一列的类型是 DOUBLE，应是文本"),
        ("indicator", "DECIMAL(4,2)", "编号存成小数会丢掉末尾的 0"),
        ("points", "BLOB", "这一列的类型是 BLOB，应是文本、整数、小数或日期"),
        ("points", "TIME", "这一列的类型是 TIME"),
    ],
)
def test_a_column_of_a_type_that_will_not_do(tmp_path, column, kind, message):
    folder = write_parquet(county(), tmp_path / "p", TYPES | {"scores": {column: kind}})
    assert len(told(folder)) == 1
    assert message in told(folder)[0]


def test_nested_columns_are_refused(connection):
    tables = {
        "scores": pa.table(
            {
                "subject_id": ["T1"],
                "round": ["half_year"],
                "indicator": ["1"],
                "source": [""],
                "points": [{"a": 1}],
            }
        )
    }
    with pytest.raises(InputError, match="STRUCT"):
        inputs_from_tables(SCHEME, tables, connection=connection)


@pytest.mark.parametrize("cut", [4, 100, 900])
def test_a_file_cut_off_is_told(tmp_path, cut):
    folder = write_parquet(county(), tmp_path / "p")
    file = folder / "scores.parquet"
    file.write_bytes(file.read_bytes()[:cut])
    assert told(folder) == [
        "scores.parquet: 不是完好的 Parquet 文件：可能没有复制完，或只是改了扩展名，请重新导出"
    ]


def test_a_path_with_quotes_and_chinese_is_read(tmp_path, connection):
    open_inputs(SCHEME, write_parquet(county(), tmp_path / "东县2016考核"), connection=connection)
    folder = tmp_path / "东县2016考核"
    for name in ("it's 2016", "[2016]", "a*b?"):
        folder = folder.rename(tmp_path / name)
        open_inputs(SCHEME, folder, connection=connection)


def arrow(tables):
    result = {}
    for name, lines in tables.items():
        columns = {
            header: [line[place] or None for line in lines[1:]]
            for place, header in enumerate(lines[0])
        }
        result[name] = pa.table({k: pa.array(v, pa.string()) for k, v in columns.items()})
    return result


def test_arrow_tables_are_taken_as_they_are(connection, expected):
    tables = arrow(county())
    points = [Decimal(row[3]) for row in county()["scores"][1:]]
    place = tables["scores"].column_names.index("points")
    tables["scores"] = tables["scores"].set_column(
        place, "points", pa.array(points, pa.decimal128(9, 2))
    )
    subjects = tables["subjects"]
    kinds = subjects["kind"].dictionary_encode()
    tables["subjects"] = subjects.set_column(1, "kind", kinds)
    inputs = inputs_from_tables(SCHEME, tables, connection=connection)
    assert inputs.fingerprint() == expected


def test_lists_of_codes_may_be_lists(connection, expected):
    tables = arrow(county())
    place = tables["subjects"].column_names.index("special_items")
    lists = [
        text.split(";") if text else None for text in (row[4] for row in county()["subjects"][1:])
    ]
    tables["subjects"] = tables["subjects"].set_column(
        place, "special_items", pa.array(lists, pa.list_(pa.string()))
    )
    assert inputs_from_tables(SCHEME, tables, connection=connection).fingerprint() == expected


def test_a_parquet_file_without_rows_is_empty(tmp_path, connection):
    folder = write_parquet(county(), tmp_path / "p")
    table = pq.read_table(folder / "adjustments.parquet").slice(0, 0)
    pq.write_table(table, folder / "adjustments.parquet")
    assert open_inputs(SCHEME, folder, connection=connection).rows("adjustments") == 0
