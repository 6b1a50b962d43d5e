"""Checks of single rows: found by SQL in one pass, worded in Python for the few that fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kaohe.engine.tables import sql
from kaohe.engine.tables.problems import MOST
from kaohe.engine.tables.run import Run


@dataclass(frozen=True, slots=True)
class Check:
    """A row is wrong where ``where`` holds.

    ``say`` gets the cell's text and then the values of the SQL expressions ``shows``.
    """

    kind: str
    column: str
    where: str
    say: Callable[..., str]
    shows: tuple[str, ...] = ()


def run_checks(run: Run, table: str, relation: str, checks: Sequence[Check]) -> None:
    """Count what fails every check in one pass, then tell the rows of those that do."""
    if not checks:
        return
    counts = ", ".join(f"count(*) FILTER (WHERE {check.where})" for check in checks)
    for check, count in zip(checks, run.rows(f"SELECT {counts} FROM {relation}")[0], strict=True):
        if count:
            _tell(run, table, relation, check)
            run.report.count(run.file(table), f"{table}.{check.kind}", count - MOST)


def _tell(run: Run, table: str, relation: str, check: Check) -> None:
    shown = ", ".join((f'"{check.column}_text"', *check.shows))
    query = f"SELECT _row, {shown} FROM {relation} WHERE {check.where} ORDER BY _row LIMIT {MOST}"
    for row, text, *values in run.rows(query):
        message = check.say(text, *values)
        kind = f"{table}.{check.kind}"
        run.problem(table, kind, message, row=row, column=check.column, value=text)


def tell_repeats(
    run: Run,
    table: str,
    relation: str,
    keys: Sequence[str],
    kind: str,
    column: str,
    say: Callable[..., str],
    shows: Sequence[str] = (),
    where: str = "true",
) -> None:
    """Tell every row after the first with the same ``keys`` (SQL expressions, none of them NULL).

    ``say`` gets the cell's text, the first row's number, and the values of ``shows``.
    """
    # Nearly always nothing repeats: then this one pass is all.
    first = f"SELECT 1 FROM {relation} WHERE {where} AND ({_all_given(keys)})"
    if not run.rows(f"{first} GROUP BY {', '.join(keys)} HAVING count(*) > 1 LIMIT 1"):
        return
    named = ", ".join(f"{key} AS k{i}" for i, key in enumerate(keys))
    group = ", ".join(f"k{i}" for i in range(len(keys)))
    whole = _all_given([f"k{i}" for i in range(len(keys))])
    shown = "".join(f", {expression} AS s{i}" for i, expression in enumerate(shows))
    listed = "".join(f", s{i}" for i in range(len(shows)))
    query = (
        f'WITH keyed AS (SELECT _row, "{column}_text" AS text, {named}{shown} '
        f"FROM {relation} WHERE {where}), "
        f"repeated AS (SELECT min(_row) AS first, {group} FROM keyed WHERE {whole} "
        f"GROUP BY {group} HAVING count(*) > 1) "
        f"SELECT _row, text, first{listed}, count(*) OVER () FROM keyed "
        f"JOIN repeated USING ({group}) WHERE _row <> first ORDER BY _row LIMIT {MOST}"
    )
    total = 0
    for row, text, first, *values, total in run.rows(query):  # noqa: B007 - the same in every row
        message = say(text, first, *values)
        run.problem(table, f"{table}.{kind}", message, row=row, column=column, value=text)
    run.report.count(run.file(table), f"{table}.{kind}", total - MOST)


def _all_given(keys: Sequence[str]) -> str:
    return " AND ".join(f"({key}) IS NOT NULL" for key in keys)


def empty(code: str, label: str, where: str = "true") -> Check:
    """The cell must be filled where ``where`` holds."""
    return Check(
        f"{code}.empty",
        code,
        f"({where}) AND {sql.name(code + '_text')} IS NULL",
        lambda text, *_: f"没有填写「{label}」",
    )


def joined(values: Sequence[Any]) -> str:
    return "、".join(str(value) for value in values)
