"""A DuckDB connection set up for exact, bounded, quiet work."""

from __future__ import annotations

import duckdb

from kaohe.engine.plan.columns import FLOOR, WHOLE


def connect(*, memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory database of its own; ``memory`` such as ``6GB`` bounds it."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
            "enable_external_file_cache": False,
            # Tables live for one run: compacting them on the way took longer than computing.
            "checkpoint_threshold": "1TB",
            **({} if memory is None else {"memory_limit": memory}),
        },
    )
    connection.execute(FLOOR["duckdb"])
    connection.execute(WHOLE["duckdb"])
    return connection
