"""The regulation as SQL that somebody wrote by hand: the measure for kaohe's own plan."""

from __future__ import annotations

from pathlib import Path

import duckdb

TEXT = Path(__file__).with_name("county.sql").read_text("utf-8")


def start() -> None:
    """Nothing: a DuckDB connection is made with each run."""


def run(data: Path, out: Path) -> dict[str, float]:
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        # Else tables in memory are compressed when 16 MB are full, which nothing here repays.
        connection.execute("SET checkpoint_threshold = '100GB'")
        connection.execute(TEXT.format(data=data, out=out))
    return {}
