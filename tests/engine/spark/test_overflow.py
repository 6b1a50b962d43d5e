"""A sum that does not fit is an error on both engines, never a wrong number."""

import duckdb
import ibis
import pytest
from tests.engine.county import EXAMPLE, SCHEME

from kaohe.engine import connect, open_inputs, score
from kaohe.engine import spark as engine
from kaohe.engine.plan.columns import FLOOR, WHOLE, whole

TOO_MUCH = [(subject, 5 * 10**18) for subject in ("S001", "S001", "S002")]
POINTS = ibis.table({"subject_id": "string", "points": "int64"}, name="points")
SUMS = POINTS.group_by("subject_id").agg(total=whole(POINTS.points.sum()))


def test_a_sum_beyond_64_bits_is_an_error_in_duckdb():
    with connect() as connection:
        connection.execute("CREATE TABLE points (subject_id VARCHAR, points BIGINT)")
        connection.executemany("INSERT INTO points VALUES (?, ?)", TOO_MUCH)
        with pytest.raises(duckdb.ConversionException, match="out of range"):
            connection.execute(ibis.to_sql(SUMS, dialect="duckdb")).fetchall()


@pytest.mark.spark
def test_a_sum_beyond_64_bits_is_an_error_in_spark(spark):
    from pyspark.errors import ArithmeticException

    with engine.own_space(spark) as own:
        for function in (FLOOR["pyspark"], WHOLE["pyspark"]):
            own.sql(function)
        rows = own.createDataFrame(TOO_MUCH, "subject_id string, points bigint")
        rows.createOrReplaceTempView("points")
        with pytest.raises(ArithmeticException, match="ARITHMETIC_OVERFLOW"):
            own.sql(ibis.to_sql(SUMS, dialect="pyspark")).collect()


@pytest.mark.spark
@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_points_that_no_check_lets_through_stop_the_run(name):
    inputs = open_inputs(SCHEME, EXAMPLE, connection=connect())
    inputs.connection.execute("CREATE TEMP TABLE checked AS FROM in_scores")
    inputs.connection.execute(
        "CREATE OR REPLACE TEMP VIEW in_scores AS "
        "SELECT * REPLACE (5_000_000_000_000_000_000 AS points) FROM checked"
    )
    with pytest.raises(Exception, match=r"out of range|_OVERFLOW"):
        score(SCHEME, inputs, engine=name)
