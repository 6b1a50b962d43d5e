"""Made-up rows for a template's 示例 sheet, in the form that reading accepts."""

from __future__ import annotations

from kaohe.engine.tables.spec import TYPES, Table
from kaohe.scheme.model import Attribute, Fact, Kind, Scheme

Row = dict[str, str]


def example_rows(scheme: Scheme, table: Table) -> list[Row]:
    """A few rows of the table by column code; together the tables of a scheme fit each other."""
    ids = {kind.name: f"{chr(65 + place % 26)}001" for place, kind in enumerate(scheme.kinds)}
    match table.name:
        case "subjects":
            return [_subject(scheme, kind, ids[kind.name]) for kind in scheme.kinds]
        case "postings":
            return [
                _posting(scheme, kind, ids) for kind in scheme.kinds if scheme.posted(kind.name)
            ]
        case "scores":
            return [row for kind in scheme.kinds for row in _scores(scheme, kind, ids[kind.name])]
        case "adjustments":
            return [row for kind in scheme.kinds for row in _events(scheme, kind, ids[kind.name])]
        case "ballots":
            return _ballots(scheme, ids)
        case "determinations":
            first = scheme.determinations[0]
            day = scheme.year.end.isoformat()
            row = {"type": first.name, "date": day, "reason": "写明事由和依据"}
            return [{"subject_id": ids[first.kinds[0]], **row}]
    return _facts(scheme, ids)


def _subject(scheme: Scheme, kind: Kind, code: str) -> Row:
    given = {a.code: _attribute(kind, a) for a in scheme.attributes_of(kind.name)}
    return {"subject_id": code, "kind": kind.name, "name": f"示例{kind.name}", **given}


def _attribute(kind: Kind, attribute: Attribute) -> str:
    match attribute.type:
        case "flag":
            return "是"
        case "number":
            return "100"
        case "indicators":
            listed = (
                leaf.code
                for leaf in kind.leaves()
                if leaf.applies and leaf.applies.listed_in == attribute.code
            )
            return ";".join(list(listed)[:2])
    return attribute.values[0] if attribute.values else "甲"


def _posting(scheme: Scheme, kind: Kind, ids: Row) -> Row:
    units = {x.code: ids[x.to] for x in scheme.links if kind.name in x.kinds}
    start = scheme.year.start.isoformat()
    return {"subject_id": ids[kind.name], **units, "village": "示例村", "start": start}


def _scores(scheme: Scheme, kind: Kind, code: str) -> list[Row]:
    scoring = kind.scoring
    leaf = next(iter(kind.leaves()))
    row = {"subject_id": code, "round": scheme.rounds[0].name, "indicator": leaf.code}
    row["points"] = str(leaf.points)
    if scoring is None:
        return [row]
    scorers = [f"评分人{number}" for number in range(1, scoring.at_least + 1)]
    return [{**row, "source": source} for source in scoring.weights or scorers]


def _events(scheme: Scheme, kind: Kind, code: str) -> list[Row]:
    labels = dict(TYPES)
    return [
        {
            "subject_id": code,
            "round": scheme.rounds[0].name,
            "type": labels[side],
            "item": adjustments.items[0].code,
            "points": "1",
            "reason": "写明哪件事",
        }
        for side, adjustments in kind.sides().items()
    ]


def _ballots(scheme: Scheme, ids: Row) -> list[Row]:
    assert scheme.ballot is not None
    counts = {
        option.code: str(30 - 5 * min(i, 5)) for i, option in enumerate(scheme.ballot.options)
    }
    first = scheme.ballot.kinds[0]
    return [{"subject_id": ids[first], "round": scheme.rounds[0].name, **counts}]


def _facts(scheme: Scheme, ids: Row) -> list[Row]:
    seen: dict[str, Fact] = {fact.per: fact for fact in scheme.facts if fact.code is not None}
    year = scheme.year.start
    periods = {"month": f"{year:%Y-%m}", "quarter": f"{year.year}Q{(year.month + 2) // 3}"}
    return [
        {
            "subject_id": ids[fact.kinds[0]],
            "round": scheme.rounds[0].name if per == "round" else "",
            "period": periods.get(per, ""),
            "fact": fact.name,
            "value": "3",
        }
        for per, fact in seen.items()
    ]
