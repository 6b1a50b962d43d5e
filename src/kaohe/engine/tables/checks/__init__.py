"""All checks of an input, in the order of its tables."""

from __future__ import annotations

from kaohe.engine.tables.checks.ballots import check_ballots
from kaohe.engine.tables.checks.events import check_adjustments, check_determinations
from kaohe.engine.tables.checks.facts import check_facts
from kaohe.engine.tables.checks.gate import gate
from kaohe.engine.tables.checks.postings import check_postings
from kaohe.engine.tables.checks.scores import check_scores
from kaohe.engine.tables.checks.sheets import (
    check_missing_ballots,
    check_missing_scores,
    find_covered,
    find_due,
)
from kaohe.engine.tables.checks.subjects import check_subjects
from kaohe.engine.tables.run import Run

_CHECKS = {
    "postings": check_postings,
    "adjustments": check_adjustments,
    "ballots": check_ballots,
    "determinations": check_determinations,
    "facts": check_facts,
}


def check_tables(run: Run, *, diagnose: bool = False) -> None:
    """Tell every problem of the loaded tables.

    ``diagnose`` looks closely at scores even if the gate lets them pass; a test shows that this
    never tells more.
    """
    if run.usable("subjects"):
        check_subjects(run)
    for table, check in _CHECKS.items():
        source = run.source(table)
        if source is not None and source.rows:
            check(run)
    if run.usable("scores"):
        run.connection.execute(
            "CREATE OR REPLACE TEMP TABLE _unresolved AS SELECT 0 AS n, 0 AS rows WHERE false"
        )
        if not gate(run) or diagnose:
            check_scores(run)
    if run.usable("subjects"):
        find_due(run)
        if not run.spoilt("scores"):
            _check_missing(run)
        check_missing_ballots(run)


def _check_missing(run: Run) -> None:
    if not run.usable("scores"):
        for relation, columns in (
            ("_sheets", "0 AS n, 0 AS r, 0::HUGEINT AS present"),
            ("_unresolved", "0 AS n, 0 AS rows"),
        ):
            run.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {relation} AS SELECT {columns} WHERE false"
            )
    if not run.spoilt("facts"):
        find_covered(run)
        check_missing_scores(run)
