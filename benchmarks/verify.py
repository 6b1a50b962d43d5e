"""Whether a contestant's outputs are kaohe's: every row and value, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

PERSONS = ("第一书记", "驻村工作队", "农业科技人员")


class Mismatch(Exception):
    """A contestant says something else than kaohe; its times are worth nothing."""


def verify(found: Path, expected: Path, outputs: Sequence[str]) -> str:
    """Compare the named outputs of two folders; says in a few words what is the same.

    A column more or less is a mismatch too. Floats (``persons.parquet``) may differ by a rounding.
    """
    said = []
    for output in outputs:
        what = f"{found.parent.name}/{found.name}/{output}"
        if output == "persons.parquet":
            said.append(_nearly(found / output, expected / "results.parquet", what))
        else:
            _same(_read(found, output), _read(expected, output), what)
    exact = [output.split(".")[0] for output in outputs if output != "persons.parquet"]
    return "; ".join([*said, *([", ".join(exact)] if exact else [])])


def _read(folder: Path, output: str) -> str:
    path = str(folder / output).replace("'", "''")
    if output.endswith(".csv"):
        # kaohe's begins with a BOM, and an empty cell is no value in either.
        return f"read_csv('{path}', header = true, all_varchar = true)"
    return f"read_parquet('{path}')"


def _same(found: str, expected: str, what: str) -> None:
    with duckdb.connect() as database:
        database.execute("SET preserve_insertion_order = false")
        theirs, ours = (
            {str(row[0]) for row in database.execute(f"DESCRIBE FROM {source}").fetchall()}
            for source in (found, expected)
        )
        if theirs != ours:
            raise Mismatch(
                f"{what}: columns missing {sorted(ours - theirs)}, added {sorted(theirs - ours)}"
            )
        columns = ", ".join(_reduced(name, ours) for name in sorted(ours))
        sides = {
            "only kaohe has": (expected, found),
            "kaohe does not have": (found, expected),
        }
        for side, (one, other) in sides.items():
            rows = database.execute(
                f"SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other} LIMIT 3"
            ).fetchall()
            if rows:
                shown = [dict(zip(sorted(ours), row, strict=True)) for row in rows]
                raise Mismatch(f"{what}: {side} {shown}")


def _reduced(name: str, columns: set[str]) -> str:
    """A column, or the part of a fraction in lowest terms: 443/50 is 886/100."""
    key, _, part = name.rpartition("#")
    n, d = f"{key}#n", f"{key}#d"
    if part not in ("n", "d") or not {n, d} <= columns:
        return f'"{name}"'
    return f'"{name}" // gcd("{n}", "{d}") AS "{name}"'


def _nearly(found: Path, expected: Path, what: str) -> str:
    """Count the annual scores that floats round the other way; anything more is a mismatch."""
    with duckdb.connect() as database:
        row = database.execute(
            f"""
            SELECT
                count(*) FILTER (f.subject_id IS NULL OR e.subject_id IS NULL),
                count(*) FILTER (abs(f.annual_score - e.annual_score) > 0.011),
                count(*) FILTER (round(f.annual_score * 100) <> e.annual_score * 100)
            FROM {_read(found.parent, found.name)} AS f
            FULL JOIN (
                FROM {_read(expected.parent, expected.name)} WHERE kind IN {PERSONS}
            ) AS e USING (subject_id)
            """
        ).fetchall()[0]
    missing, wrong, rounded = row
    if missing or wrong:
        raise Mismatch(f"{what}: {missing} persons missing or too many, {wrong} scores wrong")
    return f"annual scores, {rounded} of them off by 0.01"
