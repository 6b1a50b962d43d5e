"""The example county with facts: many measured points come from them instead of from a row."""

import csv
from random import Random

from tests.engine.county import EXAMPLE, SCHEME

Rows = list[dict[str, str]]


def county_with_facts(seed: int) -> dict[str, Rows]:
    """Half of the subjects have facts instead of points, the others points and most of the facts."""
    draw = Random(seed)
    tables: dict[str, Rows] = {}
    for path in EXAMPLE.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    kinds = {row["subject_id"]: row["kind"] for row in tables["subjects"]}
    measured = {
        (kind.name, leaf.code, round_.code)
        for kind in SCHEME.kinds
        for leaf in kind.leaves()
        for round_ in SCHEME.rounds
        if leaf.measure is not None
        and (leaf.measure.rounds is None or round_.code in leaf.measure.rounds)
    }
    without = {subject for subject in kinds if draw.random() < 0.5}
    tables["scores"] = [
        row
        for row in tables["scores"]
        if row["subject_id"] not in without
        or (kinds[row["subject_id"]], row["indicator"], row["round"]) not in measured
    ]
    tables["facts"] = [
        {"subject_id": subject, "fact": fact.code, "value": str(min(value, fact.maximum)), **when}
        for subject, kind in kinds.items()
        for fact in SCHEME.facts_of(kind)
        if fact.code is not None
        for when in times(fact.per)
        # A rule may divide by a fact, and who has no points needs the quotient.
        for value in [draw.choice((int(subject in without), 1, 2, 3, 4, 8, 20, 40, 60.5, 95, 100))]
        if subject in without or draw.random() < 0.9
    ]
    return tables


def times(per: str) -> Rows:
    year = SCHEME.year.start.year
    if per == "month":
        return [{"round": "", "period": f"{year}-{month:02}"} for month in range(1, 13)]
    if per == "quarter":
        return [{"round": "", "period": f"{year}Q{quarter}"} for quarter in range(1, 5)]
    return [{"round": round_.code, "period": ""} for round_ in SCHEME.rounds]
