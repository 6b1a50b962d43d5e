"""All that a finished run says of one subject, read from OUT; nothing is computed again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from kaohe.engine.session import connect
from kaohe.scheme import Kind, Scheme, parse_scheme, scheme_places
from kaohe.scheme.places import Places

INPUTS = ("scores", "adjustments", "ballots", "determinations", "facts", "postings")


class RecordError(ValueError):
    """OUT is no run, or it has no such subject; the message says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Record:
    """``steps`` by key in hundredths; ``rows`` the input rows of the subject by table."""

    scheme: Scheme
    places: Places
    kind: Kind
    kind_index: int
    subject: Mapping[str, Any]
    results: Mapping[str, Any]
    steps: Mapping[str, Any]
    rows: Mapping[str, list[dict[str, Any]]]
    consequences: tuple[str, ...]
    linked: Mapping[str, list[dict[str, Any]]]
    peers: int

    def row_list(self, table: str, **where: str) -> list[dict[str, Any]]:
        rows = self.rows[table]
        return [row for row in rows if all(row[key] == x for key, x in where.items())]


def read_record(out: Path, subject_id: str) -> Record:
    """Read what ``kaohe score`` left in ``out`` about one subject."""
    if not (out / "run.json").is_file():
        raise RecordError(f"{out} 里没有计算结果(run.json);请先运行 kaohe score … --out {out}")
    if not (out / "steps.parquet").is_file():
        counties = "、".join(sorted(path.parent.name for path in out.glob("*/steps.parquet")))
        raise RecordError(f"{out} 是几个县的结果，请指明是哪一个：{counties}")
    text = (out / "scheme.yaml").read_text(encoding="utf-8")
    scheme, places = _read_scheme(text)
    connection = connect()
    steps = _one(connection, out / "steps.parquet", subject_id)
    if steps is None:
        raise RecordError(_unknown(connection, out, subject_id))
    kind = scheme.kind(steps["kind"])
    subject = _one(connection, out / "inputs" / "subjects.parquet", subject_id) or {}
    return Record(
        scheme=scheme,
        places=places,
        kind=kind,
        kind_index=scheme.kinds.index(kind),
        subject=subject,
        results=_one(connection, out / "results.parquet", subject_id) or {},
        steps=steps,
        rows={
            table: _all(connection, out / "inputs" / f"{table}.parquet", subject_id)
            for table in INPUTS
        },
        consequences=_consequences(connection, out / "consequences.csv", subject_id),
        linked=_linked(connection, out, scheme, kind, subject_id),
        peers=_peers(connection, out / "inputs" / "subjects.parquet", subject),
    )


@lru_cache(maxsize=4)
def _read_scheme(text: str) -> tuple[Scheme, Places]:
    return parse_scheme(text), scheme_places(text)


def run_record(out: Path) -> dict[str, Any]:
    """``run.json`` of a finished run."""
    found: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return found


def _peers(connection: duckdb.DuckDBPyConnection, file: Path, subject: dict[str, Any]) -> int:
    """How many subjects there are of the same kind, in the same county."""
    county = "AND county IS NOT DISTINCT FROM $county" if "county" in subject else ""
    values = {"file": str(file), "kind": subject["kind"]}
    if county:
        values["county"] = subject["county"]
    rows = connection.execute(
        f"SELECT count(*) FROM read_parquet($file) WHERE kind = $kind {county}", values
    ).fetchall()
    return int(rows[0][0])


def _unknown(connection: duckdb.DuckDBPyConnection, out: Path, subject_id: str) -> str:
    near = connection.execute(
        "SELECT subject_id FROM read_parquet(?) ORDER BY levenshtein(subject_id, ?), subject_id "
        "LIMIT 3",
        [str(out / "steps.parquet"), subject_id],
    ).fetchall()
    known = "、".join(row[0] for row in near)
    return f"结果里没有考核对象「{subject_id}」；相近的有：{known}"


def _all(
    connection: duckdb.DuckDBPyConnection, file: Path, subject_id: str
) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    found = connection.execute(
        "SELECT * FROM read_parquet(?) WHERE subject_id = ?", [str(file), subject_id]
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _one(
    connection: duckdb.DuckDBPyConnection, file: Path, subject_id: str
) -> dict[str, Any] | None:
    rows = _all(connection, file, subject_id)
    return rows[0] if rows else None


def _consequences(
    connection: duckdb.DuckDBPyConnection, file: Path, subject_id: str
) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT action FROM read_csv(?, header = true, all_varchar = true) WHERE subject_id = ?",
        [str(file), subject_id],
    ).fetchall()
    return tuple(row[0] for row in rows)


def _linked(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    scheme: Scheme,
    kind: Kind,
    subject_id: str,
) -> dict[str, list[dict[str, Any]]]:
    """Steps of the subjects that count for this unit, by their kind."""
    codes = [link.code for link in scheme.links if link.to == kind.name]
    if not codes:
        return {}
    found = connection.execute(
        "SELECT s.* FROM read_parquet(?) s JOIN read_parquet(?) l USING (subject_id) "
        "WHERE l.unit = ? AND list_contains(?, l.link) ORDER BY subject_id",
        [str(out / "steps.parquet"), str(out / "links.parquet"), subject_id, codes],
    )
    names = [column[0] for column in found.description or ()]
    linked: dict[str, list[dict[str, Any]]] = {}
    for row in found.fetchall():
        values = dict(zip(names, row, strict=True))
        linked.setdefault(values["kind"], []).append(values)
    return linked
