"""The same input through both engines, and every difference of what comes out."""

from kaohe.engine import Inputs, score
from kaohe.scheme import Scheme


def differences(scheme: Scheme, inputs: Inputs) -> list[str]:
    """Columns and rows that only one engine has; nothing where they agree."""
    connection = inputs.connection
    outputs = ["out_results", "out_consequences", "out_steps"]
    outputs += [f"link_{link.code}" for link in scheme.links]
    score(scheme, inputs)
    for name in outputs:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE duckdb_{name} AS FROM {name}")
    score(scheme, inputs, engine="spark")
    found = []
    for name in outputs:
        theirs, ours = (
            connection.execute(
                f"SELECT column_name, column_type FROM (DESCRIBE {table})"
            ).fetchall()
            for table in (name, f"duckdb_{name}")
        )
        if theirs != ours:
            found.append(
                f"{name}: Spark {set(theirs) - set(ours)}, DuckDB {set(ours) - set(theirs)}"
            )
            continue
        for who, left, right in (
            ("Spark", name, f"duckdb_{name}"),
            ("DuckDB", f"duckdb_{name}", name),
        ):
            rows = connection.execute(f"FROM {left} EXCEPT ALL FROM {right} LIMIT 5").fetchall()
            found += [f"{name}: only {who} has {row}" for row in rows]
    return found


def count(inputs: Inputs, what: str) -> int:
    """``what`` is the end of a query; for making sure that a comparison had something to compare."""
    return inputs.connection.execute(f"SELECT count(*) {what}").fetchall()[0][0]
