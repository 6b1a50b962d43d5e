"""The regulation as a program over rows: dictionaries and Decimal, one subject after the other.

What somebody writes first, and what a small county can live with.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Row = dict[str, Any]
ZERO, CAP, HUNDREDTH = Decimal(0), Decimal(10), Decimal("0.01")
FIRST, LAST = date(2016, 1, 1), date(2016, 12, 31)
SPECIAL = {"2.1": 30, "2.2": 10, "2.3": 10}
ROUNDS = ("half_year", "year_end")
TOWNSHIP, DEPARTMENT, TEAM = "乡镇", "部门", "驻村工作队"
SECRETARY, TECHNICIAN = "第一书记", "农业科技人员"


def start() -> None:
    """Nothing to set up."""


def run(data: Path, out: Path) -> dict[str, float]:
    tables = {path.stem: pq.read_table(path).to_pylist() for path in data.glob("*.parquet")}
    results, consequences = assess(tables)
    pq.write_table(pa.Table.from_pylist(results, schema=SCHEMA), out / "results.parquet")
    with (out / "consequences.csv").open("w", encoding="utf-8") as file:
        file.write("subject_id,action,basis\n")
        file.writelines(f"{','.join(row)}\n" for row in consequences)
    return {}


SCHEMA = pa.schema(
    [("subject_id", pa.string()), ("kind", pa.string())]
    + [
        (name, pa.decimal128(18, 2))
        for name in (
            "half_year_review",
            "year_end_review",
            "half_year_ballot",
            "year_end_ballot",
            "annual_score",
        )
    ]
    + [("rank", pa.int32()), ("grade", pa.string()), ("award", pa.string())]
    + [("bonus_ratio", pa.decimal128(18, 2))]
)


def assess(tables: dict[str, list[Row]]) -> tuple[list[Row], list[tuple[str, str, str]]]:
    points: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for row in tables["scores"]:
        points[row["subject_id"], row["round"]][row["indicator"]] = row["points"]
    events: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in tables["adjustments"]:
        events[row["subject_id"], row["round"], row["type"]].append(row)
    votes = {(row["subject_id"], row["round"]): row for row in tables["ballots"]}
    determined = {(row["subject_id"], row["type"]) for row in tables["determinations"]}

    results: dict[str, Row] = {}
    for subject in tables["subjects"]:
        row = {"subject_id": subject["subject_id"], "kind": subject["kind"]}
        for round_ in ROUNDS:
            key = (subject["subject_id"], round_)
            row[f"{round_}_review"] = review(subject, points.get(key, {}), events, round_)
            row[f"{round_}_ballot"] = ballot(votes.get(key))
        results[subject["subject_id"]] = row
    sent = linked(tables["postings"], results)
    for subject in tables["subjects"]:
        row = results[subject["subject_id"]]
        if subject["kind"] not in (TOWNSHIP, DEPARTMENT):
            row["annual_score"] = person_score(row)
            row["grade"] = grade(row, (row["subject_id"], "recalled") in determined)
            row["bonus_ratio"] = bonus_ratio(row)
    for subject in tables["subjects"]:
        if subject["kind"] in (TOWNSHIP, DEPARTMENT):
            row = results[subject["subject_id"]]
            row["annual_score"] = unit_score(row, sent, results)
    competing = ranks(tables["subjects"], results)
    return list(results.values()), list(
        consequences(tables["subjects"], results, determined, competing)
    )


def half_up(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def mean(values: list[Decimal]) -> Decimal:
    return sum(values, ZERO) / len(values)


def review(subject: Row, points: dict[str, Decimal], events: Any, round_: str) -> Decimal | None:
    if not points:
        return None
    if subject["kind"] == DEPARTMENT:
        common = sum((p for code, p in points.items() if code[0] == "1"), ZERO)
        special = {code: p for code, p in points.items() if code[0] == "2"}
        if special:
            full = sum(SPECIAL[code] for code in special)
            total = common + sum(special.values(), ZERO) * 50 / full
        else:
            total = common * 2
    else:
        total = sum(points.values(), ZERO)
    if subject["kind"] != TEAM:
        for type_, sign in (("bonus", 1), ("deduction", -1)):
            rows = events.get((subject["subject_id"], round_, type_), [])
            own = subject["kind"] in (TOWNSHIP, DEPARTMENT) and type_ == "bonus"
            fund = sum((r["points"] for r in rows if own and r["item"] == "bonus-5"), ZERO)
            rest = sum((r["points"] for r in rows if not own or r["item"] != "bonus-5"), ZERO)
            total += sign * min(CAP, min(fund, Decimal(5)) + rest)
    return half_up(max(ZERO, total))


def ballot(row: Row | None) -> Decimal | None:
    if row is None:
        return None
    counts = [row[n] for n in ("excellent", "competent", "basically_competent", "incompetent")]
    if not sum(counts):
        return None
    worth = 100 * counts[0] + 80 * counts[1] + 60 * counts[2]
    return half_up(Decimal(worth) / sum(counts))


def person_score(row: Row) -> Decimal | None:
    reviews = [row[f"{round_}_review"] for round_ in ROUNDS]
    ballots = [row[f"{round_}_ballot"] for round_ in ROUNDS]
    pairs = [pair for pair in zip(reviews, ballots, strict=True) if pair != (None, None)]
    if not pairs or any(None in pair for pair in pairs):
        return None
    own, rated = ([pair[i] for pair in pairs] for i in (0, 1))
    return half_up(mean(own) * Decimal("0.6") + mean(rated) * Decimal("0.4"))


def linked(postings: list[Row], results: dict[str, Row]) -> dict[tuple[str, str], set[str]]:
    """Who counts for which unit, by the kind of those sent."""
    sent: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in postings:
        days = (min(row["end"] or LAST, LAST) - max(row["start"], FIRST)).days + 1
        if days >= 180:
            kind = results[row["subject_id"]]["kind"]
            for unit in (row["department_id"], row["township_id"]):
                sent[unit, kind].add(row["subject_id"])
    return sent


def unit_score(row: Row, sent: Any, results: dict[str, Row]) -> Decimal | None:
    reviews = [row[f"{round_}_review"] for round_ in ROUNDS]
    if None in reviews:
        return None
    own = mean(reviews)
    scores = {}
    for kind in (SECRETARY, TEAM):
        found = [results[s]["annual_score"] for s in sent.get((row["subject_id"], kind), ())]
        scores[kind] = [score for score in found if score is not None]
    secretaries, teams = scores[SECRETARY], scores[TEAM]
    if row["kind"] == TOWNSHIP:
        if not secretaries:
            return half_up(own)
        return half_up(mean(secretaries) * Decimal("0.2") + own * Decimal("0.8"))
    if secretaries and teams:
        theirs = mean(secretaries) * Decimal("0.7") + mean(teams) * Decimal("0.3")
    elif secretaries or teams:
        theirs = mean(secretaries or teams)
    else:
        return half_up(own)
    return half_up(theirs * Decimal("0.4") + own * Decimal("0.6"))


def grade(row: Row, recalled: bool) -> str | None:
    if recalled and row["kind"] != TEAM:
        return "不称职"
    score = row["annual_score"]
    if score is None:
        return None
    for least, name in ((90, "优秀"), (75, "称职"), (60, "基本称职")):
        if score >= least:
            return name
    return "不称职"


def bonus_ratio(row: Row) -> Decimal | None:
    if row["kind"] != SECRETARY or row["grade"] is None:
        return None
    ratios = {"不称职": Decimal("0.00"), "基本称职": Decimal("0.80")}
    return ratios.get(row["grade"], Decimal("1.00"))


def places(scores: dict[str, Decimal], *, best_first: bool) -> dict[str, int]:
    """Equal scores share a place, and the next one is skipped."""
    found: dict[str, int] = {}
    before, place = None, 0
    ordered = sorted(scores.items(), key=lambda item: item[1], reverse=best_first)
    for number, (subject_id, score) in enumerate(ordered, 1):
        if score != before:
            before, place = score, number
        found[subject_id] = place
    return found


def ranks(subjects: list[Row], results: dict[str, Row]) -> dict[str, int]:
    """Fill in ranks and awards; returns the place from below within kind or class."""
    groups: dict[tuple[str, ...], dict[str, Decimal]] = defaultdict(dict)
    for subject in subjects:
        row = results[subject["subject_id"]]
        score = row["annual_score"]
        if score is None:
            continue
        county, kind = subject["county"], subject["kind"]
        groups["rank", county, kind][row["subject_id"]] = score
        groups["last", county, kind, str(subject["class"])][row["subject_id"]] = score
        if kind == DEPARTMENT or (kind == TOWNSHIP and subject["project_township"] == 1):
            groups["award", county, kind][row["subject_id"]] = score
    last: dict[str, int] = {}
    for key, scores in groups.items():
        found = places(scores, best_first=key[0] != "last")
        for subject_id, place in found.items():
            if key[0] == "rank":
                results[subject_id]["rank"] = place
            elif key[0] == "last":
                last[subject_id] = place
            elif place <= 16:
                prize = "一等奖" if place <= 3 else "二等奖" if place <= 8 else "三等奖"
                results[subject_id]["award"] = prize
    return last


def consequences(
    subjects: list[Row],
    results: dict[str, Row],
    determined: set[tuple[str, str]],
    last: dict[str, int],
) -> Any:
    for subject in subjects:
        subject_id, kind = subject["subject_id"], subject["kind"]
        row = results[subject_id]
        if kind in (SECRETARY, TECHNICIAN) and (subject_id, "recalled") in determined:
            yield subject_id, "召回", "四(二)3"
        if kind == SECRETARY and row["grade"] == "不称职":
            yield subject_id, "启动问责程序", "四(二)3"
        score = row["annual_score"]
        if kind in (TOWNSHIP, DEPARTMENT) and score is not None and score < 75:
            basis = "四(二)1" if kind == TOWNSHIP else "四(二)2"
            yield subject_id, "约谈主要领导", basis
            yield subject_id, "诫勉分管领导", basis
            if subject["reduction_task_met"] == 0 and last[subject_id] <= 3:
                vertical = kind == DEPARTMENT and subject["vertical"] == 1
                removal = "建议主管部门处理" if vertical else "免职主要领导和分管领导"
                yield subject_id, removal, basis
