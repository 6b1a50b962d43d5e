"""Tiny regulations from YAML text, run over rows from the tests; numbers come back as text."""

from dataclasses import dataclass

from kaohe.engine import Outcome, outcome_rows, score_tables
from kaohe.engine.explain.lines import points
from kaohe.engine.output import ties
from kaohe.scheme import parse_scheme

HEAD = """\
scheme: made
title: 试验办法
version: 1
year: {start: 2016-01-01, end: 2016-12-31}
rounds:
  - {code: r, name: 全年, basis: 一, period: {start: 2016-01-01, end: 2016-12-31}}
"""
HALVES = HEAD.replace(
    "rounds:\n",
    "rounds:\n  - {code: half, name: 半年, basis: 一, period: {start: 2016-01-01, end: 2016-06-30}}\n",
)


@dataclass(frozen=True)
class Run:
    """One run; ``results`` and ``steps`` by subject."""

    outcome: Outcome
    results: dict
    steps: dict

    def points(self, subject: str, key: str) -> str:
        """A step in points: two decimals, or 无."""
        return points(self.steps[subject][key])

    def consequences(self) -> set:
        return {(r["subject_id"], r["action"]) for r in self.outcome.consequences.to_pylist()}

    def to_decide(self) -> list:
        return ties(self.outcome)


def run(text: str, *, partial: bool = False, **tables: list[dict]) -> Run:
    """Score rows (texts) under the regulation ``text``."""
    outcome = score_tables(parse_scheme(text), tables, partial=partial)
    return Run(
        outcome,
        {row["subject_id"]: row for row in outcome_rows(outcome)},
        {row["subject_id"]: row for row in outcome.steps.to_pylist()},
    )


def subject(subject_id: str, kind: str, **more: str) -> dict:
    return {"subject_id": subject_id, "kind": kind, "name": subject_id, **more}


def score(
    subject_id: str, indicator: str, points: object, *, round: str = "r", **more: str
) -> dict:
    return {
        "subject_id": subject_id,
        "round": round,
        "indicator": indicator,
        "points": str(points),
        **more,
    }


def fact(subject_id: str, name: str, value: object, *, round: str = "", period: str = "") -> dict:
    return {
        "subject_id": subject_id,
        "round": round,
        "period": period,
        "fact": name,
        "value": str(value),
    }
