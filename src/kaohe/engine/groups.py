"""Scoring one folder of tables, or a folder of such folders (one a county), as one run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from kaohe.engine.output import RUN, check_target, place, write
from kaohe.engine.run import Engine, score
from kaohe.engine.session import connect
from kaohe.engine.spark import session
from kaohe.engine.tables import InputError, Problem, open_inputs
from kaohe.engine.tables.reading import holds_tables
from kaohe.scheme import Scheme

Report = Callable[[str, float], None]

READ, COMPUTED = 0.4, 0.8
"""About how much of the work is done once the input is read and checked, and computed."""


@dataclass(frozen=True, slots=True)
class Job:
    """How to score: the scheme and its text, the engine, whether it is a trial, memory at most."""

    scheme: Scheme
    scheme_text: str
    engine: Engine = "duckdb"
    partial: bool = False
    memory: str | None = None


@dataclass(slots=True)
class Summary:
    """What was done: subjects by folder (``""`` for a single run) and what people should know."""

    subjects: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def _silent(stage: str, share: float) -> None:
    """A county of several reports nothing of its own: the counties are what is counted."""


def score_folder(job: Job, data: Path, out: Path, report: Report = _silent) -> Summary:
    """Score ``data`` into ``out``; a folder of folders gives ``out/<name>`` for each.

    ``report`` is told the stage (or county) and the share done (0 to 1). Raises
    :class:`InputError` with the problems of all folders; ``out`` is then as it was.
    """
    check_target(out)
    counties = _counties(data)
    summary = Summary()
    if counties:
        _score_counties(job, counties, out, report, summary)
    else:
        _score_one(job, data, out, report, summary)
    return summary


def _score_counties(
    job: Job, counties: list[Path], out: Path, report: Report, summary: Summary
) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    problems: list[Problem] = []
    more: dict[tuple[str, str], int] = {}
    try:
        with session() if job.engine == "spark" else nullcontext():
            for index, county in enumerate(counties):
                report(county.name, index / len(counties))
                try:
                    _score_one(job, county, fresh / county.name, _silent, summary, county.name)
                except InputError as error:
                    problems += [
                        replace(problem, file=f"{county.name}/{problem.file}")
                        for problem in error.problems
                    ]
                    more |= {(f"{county.name}/{f}", k): n for (f, k), n in error.more.items()}
        if problems:
            raise InputError(problems, more)
        (fresh / RUN).write_text("{}\n", encoding="utf-8")
        place(fresh, out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _score_one(
    job: Job, data: Path, out: Path, report: Report, summary: Summary, name: str = ""
) -> None:
    def computing(_: str, done: float) -> None:
        report("计算", READ + (COMPUTED - READ) * done)

    with connect(memory=job.memory) as connection:
        report("读取和检查", 0.0)
        inputs = open_inputs(job.scheme, data, connection=connection, partial=job.partial)
        outcome = score(job.scheme, inputs, engine=job.engine, progress=computing)
        report("写出结果", COMPUTED)
        record = write(outcome, out, job.scheme_text, engine=job.engine)
    summary.subjects[name] = record["subjects"]
    where = f"{name}：" if name else ""
    summary.notices += [where + text for text in (*inputs.notices, *record["to_decide"])]


def _counties(data: Path) -> list[Path]:
    """Sub-folders with tables, where ``data`` itself has none."""
    if not data.is_dir() or holds_tables(data):
        return []
    return sorted(path for path in data.iterdir() if path.is_dir() and holds_tables(path))
