"""Scoring one folder of tables, or a folder of such folders (one a county), as one run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kaohe.engine.output import RUN, check_target, place, write
from kaohe.engine.run import Engine, score
from kaohe.engine.session import connect
from kaohe.engine.tables import InputError, Problem, open_inputs
from kaohe.engine.tables.reading import holds_tables
from kaohe.scheme import Scheme

Report = Callable[[str, float], None]


READ, COMPUTED = 0.4, 0.8
"""About how much of the work is done once the input is read and checked, and computed."""


@dataclass(slots=True)
class Summary:
    """What was done: subjects by folder (``""`` for a single run) and what people should know."""

    subjects: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def score_folder(
    scheme: Scheme,
    scheme_text: str,
    data: Path,
    out: Path,
    *,
    engine: Engine = "duckdb",
    partial: bool = False,
    memory: str | None = None,
    report: Report | None = None,
) -> Summary:
    """Score ``data`` into ``out``; a folder of folders gives ``out/<name>`` for each.

    Raises :class:`InputError` with the problems of all folders; ``out`` is then as it was.
    """
    check_target(out)
    counties = _counties(data)
    summary = Summary()
    if not counties:
        _one(scheme, scheme_text, data, out, engine, partial, memory, report, summary, "")
        return summary
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    problems: list[Problem] = []
    more: dict[tuple[str, str], int] = {}
    try:
        for index, county in enumerate(counties):
            if report is not None:
                report(county.name, index / len(counties))
            try:
                target = fresh / county.name
                args = (engine, partial, memory, None, summary, county.name)
                _one(scheme, scheme_text, county, target, *args)
            except InputError as error:
                problems += [_in_folder(county.name, problem) for problem in error.problems]
                more |= {(f"{county.name}/{f}", k): n for (f, k), n in error.more.items()}
        if problems:
            raise InputError(problems, more)
        (fresh / RUN).write_text("{}\n", encoding="utf-8")
        place(fresh, out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return summary


def _one(
    scheme: Scheme,
    scheme_text: str,
    data: Path,
    out: Path,
    engine: Engine,
    partial: bool,
    memory: str | None,
    report: Report | None,
    summary: Summary,
    name: str,
) -> None:
    tell = report or (lambda stage, share: None)
    with connect(memory=memory) as connection:
        inputs = open_inputs(scheme, data, connection=connection, partial=partial)
        tell("计算", READ)
        outcome = score(
            scheme, inputs, engine=engine, progress=lambda stage, done: tell("计算", _share(done))
        )
        tell("写出结果", COMPUTED)
        record = write(outcome, out, scheme_text, engine=engine)
        summary.subjects[name] = record["subjects"]
        where = f"{name}:" if name else ""
        summary.notices += [where + text for text in (*inputs.notices, *record["to_decide"])]


def _share(done: float) -> float:
    return READ + (COMPUTED - READ) * done


def _counties(data: Path) -> list[Path]:
    """Sub-folders with tables, where ``data`` itself has none."""
    if not data.is_dir() or holds_tables(data):
        return []
    return sorted(path for path in data.iterdir() if path.is_dir() and holds_tables(path))


def _in_folder(name: str, problem: Problem) -> Problem:
    return Problem(
        f"{name}/{problem.file}",
        problem.row,
        problem.column,
        problem.value,
        problem.message,
        problem.kind,
        problem.table,
    )
