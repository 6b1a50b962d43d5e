"""Spark is started once, left as it was, and asked for in Chinese where it is missing."""

import sys

import pytest

from kaohe.engine import spark as engine


@pytest.mark.spark
def test_a_running_spark_is_used_and_left_running(spark):
    with engine.session() as running:
        assert running is spark
    assert spark.sql("SELECT 1").collect()[0][0] == 1


@pytest.mark.spark
def test_a_run_has_a_space_of_its_own(spark):
    spark.conf.set("spark.sql.ansi.enabled", "false")
    with engine.own_space(spark) as own:
        own.sql("SELECT 1 AS a").createOrReplaceTempView("in_subjects")
        assert own.conf.get("spark.sql.ansi.enabled") == "true"
    assert spark.conf.get("spark.sql.ansi.enabled") == "false"
    assert spark.catalog.listTables() == []
    assert type(spark).active() is spark


def test_without_pyspark_the_remedy_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(
        engine.EngineMissing, match=r'没有安装 pyspark.*pip install "kaohe\[spark\]"'
    ):
        engine.session().__enter__()


def test_without_java_the_remedy_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "_running", lambda: None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(engine.EngineMissing, match=r"没有找到 Java.*Java 17"):
        engine.session().__enter__()
