"""The cheap gate: one pass over the scores tells whether any of them needs a closer look.

Each leaf of a kind is a bit. A sheet (a subject's scores of one round) is in order when none of
its rows is wrong by itself and the sum of its bits is what they make or-ed together: a leaf scored
twice would carry. What the bits lack is what is missing. :mod:`checks.scores` says what is wrong.
"""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.run import Run


def gate(run: Run) -> bool:
    """Make ``_sheets`` (n, r, present); True if every score row is in order.

    Sound and complete: it holds exactly when :func:`check_scores` would tell nothing.
    """
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE _sheets AS "
        f"SELECT s.n, {round_ordinal(run)} AS r, bit_or(l.bit) AS present, "
        f"sum(l.bit) AS total, any_value(s.kind) AS kind, bool_or({_wrong(run)}) AS wrong "
        "FROM _cells_scores c LEFT JOIN _subjects s ON s.id = c.subject_id "
        "LEFT JOIN _leaves l ON l.kind = s.kind AND l.code = c.indicator GROUP BY 1, 2"
    )
    several = sql.texts(kind.name for kind in run.scheme.kinds if kind.scoring)
    repeated = (
        f"total <> present AND kind NOT IN {several}"
        if scoring_kinds(run)
        else ("total <> present")
    )
    bad = run.value(f"SELECT count(*) FROM _sheets WHERE coalesce(wrong OR {repeated}, true)")
    return bad == 0 and not _scorers_wrong(run)


def round_ordinal(run: Run) -> str:
    """The round's place in the scheme as SQL; NULL for none known."""
    cases = " ".join(
        f"WHEN {sql.literal(r.code)} THEN {place}" for place, r in enumerate(run.scheme.rounds)
    )
    return f"CASE c.round {cases} END"


def scoring_kinds(run: Run) -> dict[str, int]:
    """Kinds whose indicators have several scorers, and how many they need at least."""
    return {kind.name: needed(run, kind.name) for kind in run.scheme.kinds if kind.scoring}


def needed(run: Run, kind: str) -> int:
    """How many scores an indicator of the kind needs: every weighted source, or ``at_least``."""
    scoring = run.scheme.kind(kind).scoring
    if scoring is None:
        return 1
    return len(scoring.weights) or scoring.at_least


def wrong_source(run: Run) -> str:
    """SQL: a row of a kind with several scorers names none, or none that has a weight."""
    conditions = []
    for kind in run.scheme.kinds:
        if kind.scoring:
            known = f" OR c.source NOT IN {sql.texts(kind.scoring.weights)}"
            conditions.append(
                f"(s.kind = {sql.literal(kind.name)} AND (c.source IS NULL OR "
                f"{sql.contains('c.source', sql.UNTIDY)}{known if kind.scoring.weights else ''}))"
            )
    return " OR ".join(conditions) or "false"


def _wrong(run: Run) -> str:
    """SQL: the row is wrong by itself. Anything unknown (NULL) is wrong too."""
    right = (
        f"s.n IS NOT NULL AND {round_ordinal(run)} IS NOT NULL AND (l.bit & s.allowed) <> 0 "
        f"AND c.points BETWEEN 0 AND l.full_points AND NOT ({wrong_source(run)})"
    )
    return f"coalesce(NOT ({right}), true)"


def _scorers_wrong(run: Run) -> bool:
    kinds = scoring_kinds(run)
    if not kinds:
        return False
    least = " ".join(f"WHEN {sql.literal(kind)} THEN {count}" for kind, count in kinds.items())
    query = (
        "SELECT count(*) FROM (SELECT any_value(s.kind) AS kind, count(*) AS given, "
        "count(DISTINCT c.source) AS sources "
        "FROM _cells_scores c JOIN _subjects s ON s.id = c.subject_id "
        f"WHERE s.kind IN {sql.texts(kinds)} GROUP BY s.n, {round_ordinal(run)}, c.indicator) "
        f"WHERE given <> sources OR sources < CASE kind {least} END"
    )
    return bool(run.value(query))
