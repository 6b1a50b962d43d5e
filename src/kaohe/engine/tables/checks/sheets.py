"""Who owes what: score sheets and ballots of each round, and what of them is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kaohe.engine.tables import sql
from kaohe.engine.tables.checks.gate import round_ordinal
from kaohe.engine.tables.problems import MOST, Problem
from kaohe.engine.tables.run import Run
from kaohe.engine.tables.vocabulary import leaves_of
from kaohe.scheme.model import Kind, Scheme
from kaohe.scheme.names import rated_rounds, scored_rounds

_LISTED = 8
"""Missing indicators that a message names; of more it tells the number."""
_BY_THE_WAY = 5
"""Subjects that a notice names."""


def find_due(run: Run) -> None:
    """Make ``_due``: the (n, r) of subjects and rounds that they are assessed in.

    A posted kind owes a round that one of its postings touches, and every round if it has no
    posting at all; every other kind owes every round. While the postings cannot be read, posted
    kinds owe nothing, since nobody can tell.
    """
    rounds = ", ".join(
        f"({i}, DATE '{r.period.start}', DATE '{r.period.end}')"
        for i, r in enumerate(run.scheme.rounds)
    )
    posted = sql.texts({kind for link in run.scheme.links for kind in link.kinds})
    if "postings" not in run.tables:
        owed = "true"
    elif run.spoilt("postings"):
        owed = f"s.kind NOT IN {posted}"
    else:
        touched = (
            "SELECT p._n, t.r FROM _known_postings p JOIN rounds t "
            "ON coalesce(p.start, DATE '0001-01-01') <= t.till "
            "AND coalesce(p.\"end\", DATE '9999-12-31') >= t.since WHERE p._n IS NOT NULL"
        )
        owed = (
            f"(s.kind NOT IN {posted} OR (s.n, r.r) IN ({touched}) "
            "OR s.n NOT IN (SELECT _n FROM _known_postings WHERE _n IS NOT NULL))"
        )
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE _due AS "
        f"WITH rounds(r, since, till) AS (VALUES {rounds}) "
        f"SELECT s.n, r.r FROM _subjects s CROSS JOIN rounds r WHERE s.kind IS NOT NULL AND {owed}"
    )


def publish_due(run: Run) -> None:
    """Make ``in_due`` (subject_id, row, round, begun): sheets owed, and those begun all the same.

    With ``partial`` only what was begun is owed.
    """
    rounds = " ".join(
        f"WHEN {place} THEN {sql.literal(r.code)}" for place, r in enumerate(run.scheme.rounds)
    )
    owed = "false" if run.partial else _asked(run, scored_rounds)
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE in_due AS "
        "WITH started AS (SELECT DISTINCT n, r FROM _sheets WHERE n IS NOT NULL AND r IS NOT NULL) "
        f"SELECT s.id AS subject_id, s.row, CASE r {rounds} END AS round "
        "FROM _due FULL JOIN started USING (n, r) JOIN _subjects s USING (n) "
        f"WHERE (n, r) IN (FROM started) OR {owed}"
    )


def _asked(run: Run, rounds_of: Callable[[Scheme, Kind], frozenset[str]]) -> str:
    """SQL: the kind and round are among those of which some result asks for what is owed."""
    pairs = [
        f"({sql.literal(kind.name)}, {place})"
        for kind in run.scheme.kinds
        for place, round_ in enumerate(run.scheme.rounds)
        if round_.code in rounds_of(run.scheme, kind)
    ]
    return f"(s.kind, r) IN ({', '.join(pairs)})" if pairs else "false"


def find_covered(run: Run) -> None:
    """Make ``_covered``: bits of the leaves, by kind and round, that facts may give points for.

    Whether the facts of a subject are enough, the plan finds out: see
    :mod:`kaohe.engine.completeness`.
    """
    covered = []
    for kind in run.scheme.kinds:
        measured = list(enumerate(leaves_of(kind))) if run.usable("facts") else []
        for place, round_ in enumerate(run.scheme.rounds):
            mask = 0
            for bit, leaf in measured:
                rule = leaf.measure
                if rule is not None and (rule.rounds is None or round_.code in rule.rounds):
                    mask |= 1 << bit
            covered.append(f"({sql.literal(kind.name)}, {place}, {mask}::HUGEINT)")
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE _covered AS "
        f"SELECT * FROM (VALUES {', '.join(covered)}) AS v(kind, r, covered)"
    )


def check_missing_scores(run: Run) -> None:
    """Tell sheets that lack indicators, and whole sheets that are owed (a notice if partial)."""
    scored = _asked(run, scored_rounds)
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE _missing AS "
        "WITH sheets AS (SELECT n, r, coalesce(present, 0) AS present, true AS begun FROM _sheets "
        "WHERE n IS NOT NULL AND r IS NOT NULL), "
        "each AS (SELECT n, r, coalesce(present, 0) AS present, coalesce(begun, false) AS begun "
        f"FROM (SELECT n, r FROM _due JOIN _subjects s USING (n) WHERE {scored}) "
        "FULL JOIN sheets USING (n, r)) "
        "SELECT s.row, s.id, s.name, s.kind, r, begun, "
        "s.required & ~(present | coalesce(covered, 0::HUGEINT)) AS lacking "
        "FROM each JOIN _subjects s USING (n) LEFT JOIN _covered USING (kind, r) "
        "LEFT JOIN _unresolved u USING (n) "
        "WHERE s.kind IS NOT NULL AND lacking <> 0 AND bit_count(lacking) > coalesce(u.rows, 0)"
    )
    _tell_missing(run, "sheet.incomplete", "begun")
    if run.partial:
        _notice(run, "_missing WHERE NOT begun", "指标得分")
    else:
        _tell_missing(run, "sheet.missing", "NOT begun")


def _tell_missing(run: Run, kind: str, where: str) -> None:
    query = (
        f"SELECT row, id, name, kind, r, lacking, count(*) OVER () FROM _missing WHERE {where} "
        f"ORDER BY row, r LIMIT {MOST}"
    )
    scores = run.file("scores")
    total = 0
    for row, subject, name, of_kind, r, lacking, total in run.rows(query):  # noqa: B007
        leaves = leaves_of(run.scheme.kind(of_kind))
        missing = [leaf for place, leaf in enumerate(leaves) if lacking >> place & 1]
        head = f"{subject}「{name}」{run.round(r).name}"
        remedy = f"请在 {scores} 里补上，没有得分的填 0"
        if any(leaf.measure for leaf in missing) and "facts" in run.tables:
            remedy += f"；可由数据计分的，也可在 {run.file('facts')} 里登记"
        if kind == "sheet.missing":
            message = f"{head}的指标得分一项也没有（应有 {len(missing)} 项）：{remedy}"
        else:
            listed = "、".join(f"{leaf.code}「{leaf.name}」" for leaf in missing[:_LISTED])
            more = f"等 {len(missing)} 项" if len(missing) > _LISTED else ""
            message = f"{head}缺少指标 {listed}{more}的得分：{remedy}"
        _tell(run, kind, row, subject, message)
    run.report.count(run.file("subjects"), kind, total - MOST)


def check_missing_ballots(run: Run) -> None:
    """Tell owed ballots that are missing (a notice if partial)."""
    if run.scheme.ballot is None or run.spoilt("ballots"):
        return
    rated = _asked(run, rated_rounds)
    missing = (
        "(SELECT s.row, s.id, s.name, s.kind, d.r FROM _due d JOIN _subjects s USING (n) "
        f"WHERE {rated} AND (d.n, d.r) NOT IN (SELECT c._n, {round_ordinal(run)} "
        f"FROM _known_ballots c WHERE c._n IS NOT NULL AND c.round IS NOT NULL) "
        "AND d.n NOT IN (SELECT _n FROM _known_ballots WHERE _n IS NOT NULL AND round IS NULL))"
    )
    if run.partial:
        _notice(run, missing, "测评票")
        return
    query = f"SELECT row, id, name, r, count(*) OVER () FROM {missing} ORDER BY row, r LIMIT {MOST}"
    total = 0
    for row, subject, name, r, total in run.rows(query):  # noqa: B007
        remedy = f"请在 {run.file('ballots')} 里补上"
        message = f"{subject}「{name}」{run.round(r).name}没有测评票：{remedy}"
        _tell(run, "ballots.missing", row, subject, message)
    run.report.count(run.file("subjects"), "ballots.missing", total - MOST)


def _tell(run: Run, kind: str, row: int, subject: str, message: str) -> None:
    """What a subject lacks has no row of its own: the subject's row stands for it."""
    run.report.add(Problem(run.file("subjects"), row, None, subject, message, kind, 0))


def _notice(run: Run, missing: str, what: str) -> None:
    query = (
        f"SELECT kind, r, count(*), list(id ORDER BY row)[1:{_BY_THE_WAY}] FROM {missing} "
        "GROUP BY 1, 2 ORDER BY 2, min(row)"
    )
    rows: list[tuple[Any, ...]] = run.rows(query)
    for kind, r, count, ids in rows:
        more = "等" if count > len(ids) else ""
        run.report.notices.append(
            f"{run.round(r).name}：{kind}有 {count} 个对象还没有{what}（{'、'.join(ids)}{more}）"
        )
