"""Scoring examples, and telling where what comes out is not what is expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from kaohe.engine.examples.load import ExampleError
from kaohe.engine.examples.model import CONSEQUENCES, Example
from kaohe.engine.examples.tables import Tables, subject_id, tables_from
from kaohe.engine.run import Outcome, printed, score_tables
from kaohe.engine.tables import InputError, Problem
from kaohe.scheme import Scheme


def run_examples(scheme: Scheme, examples: Sequence[Example]) -> list[str]:
    """Score all examples in one run; each difference as a Chinese sentence, none if all agree.

    A round of which nothing is given is not held in the example, as in a trial in mid-year.

    Raises :class:`ExampleError` where what is given or expected does not fit the scheme.
    """
    misfits = list(_misfits(scheme, examples))
    if misfits:
        raise ExampleError(misfits)
    tables = tables_from(scheme, examples)
    plain = {name: [row for _, row in rows] for name, rows in tables.items()}
    try:
        outcome = score_tables(scheme, plain, partial=True)
    except InputError as error:
        raise ExampleError([_told(tables, problem) for problem in error.problems]) from error
    return list(_differences(outcome, examples))


def _misfits(scheme: Scheme, examples: Sequence[Example]) -> Iterator[str]:
    kinds = {kind.name for kind in scheme.kinds}
    columns = [*(column.label for column in scheme.columns), CONSEQUENCES]
    for example in examples:
        for name, subject in example.given.items():
            if subject.kind not in kinds:
                yield f"例子「{example.name}」的「{name}」：没有「{subject.kind}」这类对象"
        for name, expected in example.expect.items():
            for label in expected:
                if label not in columns:
                    yield (
                        f"例子「{example.name}」的「{name}」：结果表没有「{label}」一列；"
                        f"expect 里可以写 {'、'.join(columns)}"
                    )


def _told(tables: Tables, problem: Problem) -> str:
    """A problem of the tables by the name of the example that the row, or the header, is from."""
    rows = tables.get(problem.file) or next(rows for rows in tables.values() if rows)
    if problem.row is not None and problem.row > 1:
        example, row = rows[problem.row - 2]
    else:
        example, row = next((pair for pair in rows if problem.column in pair[1]), rows[0])
    column = f"的 {problem.column}" if problem.column else ""
    return f"例子「{example.name}」的「{row['编号']}」{column}：{problem.message}"


def _differences(outcome: Outcome, examples: Sequence[Example]) -> Iterator[str]:
    columns = {column.label: column.column for column in outcome.scheme.columns}
    results: dict[str, dict[str, Any]] = {
        row["subject_id"]: row for row in outcome.results.to_pylist()
    }
    actions: dict[str, list[str]] = defaultdict(list)
    for row in outcome.consequences.to_pylist():
        actions[row["subject_id"]].append(row["action"])
    for number, example in enumerate(examples, start=1):
        for name, expected in example.expect.items():
            subject = subject_id(number, name)
            for label, value in expected.items():
                if label == CONSEQUENCES:
                    label, found = "结果运用", tuple(sorted(actions[subject]))
                    value = tuple(sorted(value))
                else:
                    found = results[subject][columns[label]]
                if found != value:
                    yield (
                        f"例子「{example.name}」：{name} 的{label}应是 {_shown(value)}，"
                        f"算出来是 {_shown(found)}"
                    )


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(value) or "无"
    return printed(value, trim=True) or "没有值"
