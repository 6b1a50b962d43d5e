"""What only the plan can tell: whether every owed indicator has points in the end.

The input checks let a measured indicator go without a row where there are facts, and do not
judge conditions (``applies.when``). Here the computed steps show where points are still missing,
or were given for an indicator that does not apply.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from kaohe.engine.plan import STEPS
from kaohe.engine.tables import InputError, Inputs, Problem
from kaohe.engine.tables.problems import MOST
from kaohe.scheme import Kind, Scheme, keys
from kaohe.scheme.model import Indicator, Round


def require_complete(scheme: Scheme, inputs: Inputs, *, facts: bool) -> None:
    """Raise :class:`InputError` where an owed indicator has neither a row nor measured points."""
    problems = [
        problem
        for kind in scheme.kinds
        for leaf in kind.leaves()
        if (facts and leaf.measure is not None) or leaf.conditional
        for round_ in scheme.rounds
        for problem in _problems(scheme, inputs, kind, leaf, round_, facts)
    ]
    if problems:
        raise InputError(problems[:MOST], _more(problems[MOST:]))


def _problems(
    scheme: Scheme, inputs: Inputs, kind: Kind, leaf: Indicator, round_: Round, facts: bool
) -> Iterator[Problem]:
    subjects = inputs.files["subjects"].name if "subjects" in inputs.files else "subjects"
    name = f"{leaf.code}「{leaf.name}」"
    measured = facts and leaf.measure is not None
    for row, subject, given in _rows(inputs.connection, kind, leaf, round_, measured):
        head = f"{subject} {round_.name}"
        if given:
            text = f"{head}有指标 {name}的得分，但它不适用于这个对象：请删去这一行"
        elif measured:
            text = (
                f"{head}缺少指标 {name}的得分：登记的数据不足以计算，"
                "请补上所需的数据，或在指标得分表里给分"
            )
        else:
            text = f"{head}缺少指标 {name}的得分：请补上，没有得分的填 0"
        yield Problem(subjects, row, None, subject, text, "computed.missing", 0)


def _rows(
    connection: duckdb.DuckDBPyConnection,
    kind: Kind,
    leaf: Indicator,
    round_: Round,
    measured: bool,
) -> list[tuple[int, str, bool]]:
    """Row and id of each subject at fault; whether it was given points that it must not have."""
    applies = "true"
    if leaf.applies is not None:
        listed = leaf.applies.listed_in
        applies = (
            f'st."{keys.applies(leaf.code)}"'
            if listed is None
            else f'list_contains(s."{listed}", $code)'
        )
    has = "g.subject_id IS NOT NULL"
    points = f'st."{keys.in_round(round_.code, leaf.code)}" IS NOT NULL' if measured else has
    query = (
        f"SELECT d.row, s.subject_id, {has} FROM in_subjects s JOIN {STEPS} st USING (subject_id) "
        "LEFT JOIN (SELECT subject_id, row FROM in_due WHERE round = $round) d USING (subject_id) "
        "LEFT JOIN (SELECT DISTINCT subject_id FROM in_scores "
        "WHERE round = $round AND indicator = $code) g USING (subject_id) "
        f"WHERE s.kind = $kind AND (({applies} AND d.row IS NOT NULL AND NOT ({points})) "
        f"OR (NOT ({applies}) AND {has})) ORDER BY d.row LIMIT {MOST + 1}"
    )
    values = {"code": leaf.code, "round": round_.code, "kind": kind.name}
    used = {name: value for name, value in values.items() if f"${name}" in query}
    rows: list[tuple[int, str, bool]] = connection.execute(query, used).fetchall()
    return rows


def _more(rest: list[Problem]) -> dict[tuple[str, str], int]:
    more: dict[tuple[str, str], int] = {}
    for problem in rest:
        more[problem.file, problem.kind] = more.get((problem.file, problem.kind), 0) + 1
    return more
