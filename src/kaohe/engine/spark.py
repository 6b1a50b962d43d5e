"""The plan of a scheme carried out by Spark: for a province or research, the same to the digit.

DuckDB reads and checks the input, and everything after the computation reads its tables; only the
plan itself runs in Spark. Tables go over and come back as Parquet in a temporary folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

import duckdb

from kaohe.engine.compile import Program, program
from kaohe.engine.plan import CONSEQUENCES, INPUTS, RESULTS, STEPS
from kaohe.engine.plan.names import input_table
from kaohe.engine.tables import Inputs, sql
from kaohe.scheme import Scheme

Progress = Callable[[str, float], None]

OUTPUTS = (RESULTS, CONSEQUENCES, STEPS)
_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "array<string>": "VARCHAR[]",
}


class EngineMissing(RuntimeError):
    """Spark cannot be started on this machine; the message says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f'{reason}：请运行 pip install "kaohe[spark]"，并安装 Java 17（或 21）；'
            "也可以去掉 --engine spark，用自带的 DuckDB 计算，得数完全相同"
        )


def run_on_spark(
    scheme: Scheme, inputs: Inputs, *, facts: bool, progress: Progress | None = None
) -> None:
    """Carry out the plan of ``scheme`` over ``inputs``; its outputs are then in their connection.

    Raises :class:`EngineMissing` without Spark or Java, and Spark's own ArithmeticException where
    a number does not fit into 64 bits.
    """
    with (
        session() as running,
        own_space(running) as spark,
        TemporaryDirectory(prefix="kaohe-") as name,
    ):
        folder = Path(name)
        _hand_over(scheme, inputs.connection, spark, folder)
        _carry_out(program(scheme, facts=facts, dialect="pyspark"), spark, folder, progress)
        _take_back(scheme, inputs.connection, folder)


@contextmanager
def session() -> Iterator[Any]:
    """The process's Spark session, or one that is started here and ends with the block.

    Several runs inside one such block share it, so that Spark starts once.
    """
    running = _running()
    if running is not None:
        yield running
        return
    with TemporaryDirectory(prefix="kaohe-spark-", ignore_cleanup_errors=True) as scratch:
        spark = _started(Path(scratch))
        try:
            yield spark
        finally:
            spark.stop()


def _running() -> Any | None:
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineMissing("没有安装 pyspark") from error
    try:
        return SparkSession.active()
    except PySparkRuntimeError:
        return None


def _started(scratch: Path) -> Any:
    from pyspark.sql import SparkSession

    if not _has_java():
        raise EngineMissing("没有找到 Java")
    local = _master().startswith("local")
    builder = SparkSession.builder.appName("kaohe")
    for key, value in _settings(scratch, local=local).items():
        builder = builder.config(key, value)
    try:
        with _local_address() if local else nullcontext():
            return builder.getOrCreate()
    except Exception as error:  # Spark's, Java's, or of the bridge between them
        reason = str(error).strip().splitlines()[0]
        raise EngineMissing(f"Spark 没能启动（{reason}）") from error


def _master() -> str:
    """This machine, or the cluster that ``MASTER`` names, as it does for Spark's own programs."""
    return os.environ.get("MASTER") or "local[*]"


def _has_java() -> bool:
    """Whether there is the program that Spark's own script would start."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java" if home is None else str(Path(home, "bin", "java"))) is not None


def _settings(scratch: Path, *, local: bool) -> dict[str, str]:
    """What can only be said before Spark starts."""
    settings = {
        "spark.master": _master(),
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": _address(scratch / "warehouse"),
    }
    if local:
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": os.environ.get("SPARK_DRIVER_MEMORY", "2g"),
            # One place for all sessions of the process, which Java does not let change.
            "spark.local.dir": gettempdir(),
        }
    return settings


@contextmanager
def _local_address() -> Iterator[None]:
    """Let Spark not ask for the machine's address, which one without a network cannot tell."""
    name = "SPARK_LOCAL_IP"
    if name in os.environ:
        yield
        return
    os.environ[name] = "127.0.0.1"
    try:
        yield
    finally:
        os.environ.pop(name, None)


@contextmanager
def own_space(running: Any) -> Iterator[Any]:
    """A session beside ``running`` with views, functions and settings of its own."""
    spark = running.newSession()
    # Overflow is an error and never a wrong number.
    spark.conf.set("spark.sql.ansi.enabled", "true")
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    if spark.sparkContext.master.startswith("local"):
        partitions = 2 * spark.sparkContext.defaultParallelism
        spark.conf.set("spark.sql.shuffle.partitions", str(partitions))
    try:
        yield spark
    finally:
        # A new session makes itself the active one; a session that makes a table is it again.
        running.createDataFrame([], "nothing INT")


def _hand_over(
    scheme: Scheme, connection: duckdb.DuckDBPyConnection, spark: Any, folder: Path
) -> None:
    """Give Spark the input tables, each with the columns and types that the plan names."""
    for table in INPUTS:
        schema = input_table(scheme, table).schema()
        columns = ", ".join(
            f"CAST({sql.name(column)} AS {_TYPES[str(type_)]}) AS {sql.name(column)}"
            for column, type_ in schema.items()
        )
        name = f"in_{table}"
        file = folder / f"{name}.parquet"
        connection.execute(
            f"COPY (SELECT {columns} FROM {name}) TO {sql.literal(str(file))} (FORMAT parquet)"
        )
        spark.read.parquet(_address(file)).createOrReplaceTempView(name)


def _carry_out(todo: Program, spark: Any, folder: Path, progress: Progress | None) -> None:
    """Run the program; each of its tables is then in ``folder``.

    Stored, a table is computed once for all that read it, and Spark's optimizer, which needs most
    of the time on wide tables, never sees more than one statement.
    """
    for function in todo.setup:
        spark.sql(function)
    for done, (name, query) in enumerate(todo.statements):
        if progress is not None:
            progress(name, done / len(todo.statements))
        place = _address(folder / name)
        spark.sql(query).write.parquet(place)
        spark.read.parquet(place).createOrReplaceTempView(name)


def _take_back(scheme: Scheme, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Leave in ``connection`` what a run of DuckDB leaves there, so that either can follow.

    So the outputs are views, and who is linked to whom are tables.
    """
    for name in (*(f"link_{link.code}" for link in scheme.links), *OUTPUTS):
        kept = f"spark_{name}" if name in OUTPUTS else name
        files = sql.literal(str(folder / name / "*.parquet"))
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {sql.name(kept)} AS SELECT * FROM read_parquet({files})"
        )
        if kept != name:
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {kept}")


def _address(path: Path) -> str:
    """``path`` for Spark, whose default may be a cluster's file system."""
    return f"file:///{path.as_posix().lstrip('/')}"
