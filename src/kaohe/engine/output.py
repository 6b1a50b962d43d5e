"""A run on disk: written whole beside its place, then moved there, so that OUT is never half done.

OUT holds ``results.parquet``, ``results.csv``, ``consequences.csv``, ``steps.parquet``,
``links.parquet`` (who counts for which unit), the run's own copies of its input (``inputs/``) and
scheme (``scheme.yaml``), and ``run.json``.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kaohe import __version__
from kaohe.engine.compile import scheme_hash
from kaohe.engine.plan import CONSEQUENCES, RESULTS, STEPS
from kaohe.engine.plan.outputs import rank_columns, result_types
from kaohe.engine.run import Engine, Outcome, results_query
from kaohe.engine.tables.keep import file_hash
from kaohe.scheme import Scheme

RUN = "run.json"
SORTED_UP_TO = 200_000
_BOM = "\ufeff"


class OutputError(ValueError):
    """OUT cannot be used; the message says why and what to do."""


def check_target(out: Path) -> None:
    """Refuse a folder that holds anything but an earlier run; nothing is ever deleted otherwise."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} 是一个文件；请给出一个新的文件夹名")
    if out.is_dir() and any(out.iterdir()) and not (out / RUN).is_file():
        raise OutputError(f"{out} 里有别的文件，不是以前的计算结果；请换一个文件夹，以免覆盖")


def write(
    outcome: Outcome, out: Path, scheme_text: str, *, engine: Engine = "duckdb"
) -> dict[str, Any]:
    """Write a run to ``out``, replacing an earlier run there in one move; gives ``run.json``."""
    check_target(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        record = _fill(outcome, fresh, scheme_text, engine)
        fresh.chmod(0o755)
        place(fresh, out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return record


def place(fresh: Path, out: Path) -> None:
    """Put a finished folder in the place of ``out``; the earlier run stays until then."""
    if not out.exists():
        fresh.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    out.rename(old / "run")
    try:
        fresh.rename(out)
    except OSError:
        (old / "run").rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _fill(outcome: Outcome, folder: Path, scheme_text: str, engine: Engine) -> dict[str, Any]:
    connection, scheme = outcome.connection, outcome.scheme
    row = connection.execute(f"SELECT count(*) FROM {RESULTS}").fetchone()
    subjects = int(row[0]) if row else 0
    order = _order(scheme) if subjects <= SORTED_UP_TO else ""
    _copy(outcome, f"{results_query(scheme)}{order}", folder / "results.parquet")
    _csv(outcome, f"{_printed_query(scheme)}{order}", folder / "results.csv")
    by_subject = " ORDER BY subject_id, action, basis" if order else ""
    _csv(outcome, f"SELECT * FROM {CONSEQUENCES}{by_subject}", folder / "consequences.csv")
    _copy(outcome, f"SELECT * FROM {STEPS}{order}", folder / "steps.parquet")
    _copy(outcome, _links_query(scheme), folder / "links.parquet")
    inputs = outcome.inputs.save(folder / "inputs")
    (folder / "scheme.yaml").write_text(scheme_text, encoding="utf-8")
    outputs = sorted(path.name for path in folder.iterdir() if path.suffix in (".csv", ".parquet"))
    record: dict[str, Any] = {
        "scheme": scheme.scheme,
        "title": scheme.title,
        "scheme_version": scheme.version,
        "scheme_hash": scheme_hash(scheme),
        "kaohe": __version__,
        "engine": engine,
        "computed_at": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        "subjects": subjects,
        "inputs": inputs,
        "outputs": {name: file_hash(folder / name) for name in outputs},
        "notices": outcome.inputs.notices,
        "to_decide": ties(outcome),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2)
    (folder / RUN).write_text(text + "\n", encoding="utf-8")
    return record


def _copy(outcome: Outcome, query: str, target: Path) -> None:
    outcome.connection.execute(f"COPY ({query}) TO '{_quoted(target)}' (FORMAT parquet)")


def _csv(outcome: Outcome, query: str, target: Path) -> None:
    """With a BOM, so that Excel takes it for UTF-8."""
    body = target.with_suffix(".body")
    outcome.connection.execute(f"COPY ({query}) TO '{_quoted(body)}' (FORMAT csv, HEADER true)")
    with target.open("wb") as file, body.open("rb") as rows:
        file.write(_BOM.encode())
        shutil.copyfileobj(rows, file, 1 << 20)
    body.unlink()


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")


def _links_query(scheme: Scheme) -> str:
    """Who counts for which unit: link (column of postings), subject_id, unit."""
    parts = [
        f"SELECT '{link.code}' AS link, subject_id, unit FROM \"link_{link.code}\""
        for link in scheme.links
    ]
    nobody = "SELECT '' AS link, '' AS subject_id, '' AS unit WHERE false"
    return " UNION ALL ".join(parts or [nobody])


def _order(scheme: Scheme) -> str:
    """Kinds as the scheme lists them, subjects by their id."""
    kinds = " ".join(
        f"WHEN '{kind.name.replace(chr(39), chr(39) * 2)}' THEN {index}"
        for index, kind in enumerate(scheme.kinds)
    )
    return f" ORDER BY CASE kind {kinds} END, subject_id"


def _printed_query(scheme: Scheme) -> str:
    types, ranks = result_types(scheme), rank_columns(scheme)
    columns = []
    for column in scheme.columns:
        name = f'"{column.column}"'
        if column.trim and types[column.column] == "int64" and column.column not in ranks:
            # 1.00 is printed as 1, 0.80 as 0.8
            text = f"CAST({name} AS VARCHAR)"
            name = f"rtrim(rtrim({text}, '0'), '.') AS {name}"
        columns.append(name)
    return f"SELECT subject_id, kind, {', '.join(columns)} FROM ({results_query(scheme)})"


def ties(outcome: Outcome) -> list[str]:
    """Ties across a boundary at which the headquarters has to decide (口径: 并列)."""
    columns = outcome.connection.execute(f"DESCRIBE {STEPS}").fetchall()
    found: list[str] = []
    for name in (str(column[0]) for column in columns):
        if not name.endswith("#tie"):
            continue
        value = name.removesuffix("#tie")
        rows = outcome.connection.execute(
            f'SELECT kind, subject_id, "{value}" FROM {STEPS} WHERE "{name}" '
            "ORDER BY kind, subject_id LIMIT 500"
        ).fetchall()
        for kind, subject, given in rows:
            found.append(f"{kind} {subject}：{value}「{given}」处名额边界上有并列，请研究确定")
    return found
