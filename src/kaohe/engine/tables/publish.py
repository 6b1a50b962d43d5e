"""The relations that the engine reads: ``in_subjects``, ``in_scores`` …, always all seven."""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.run import Run
from kaohe.engine.tables.spec import TABLE_LABELS, Column
from kaohe.scheme.model import Attribute

_UNUSED = {
    "postings": {"subject_id": "VARCHAR", "village": "VARCHAR", "start": "DATE", "end": "DATE"},
    "adjustments": {
        "subject_id": "VARCHAR",
        "round": "VARCHAR",
        "type": "VARCHAR",
        "item": "VARCHAR",
        "points": "BIGINT",
        "reason": "VARCHAR",
    },
    "ballots": {"subject_id": "VARCHAR", "round": "VARCHAR"},
    "determinations": {
        "subject_id": "VARCHAR",
        "type": "VARCHAR",
        "date": "DATE",
        "reason": "VARCHAR",
    },
    "facts": {
        "subject_id": "VARCHAR",
        "round": "VARCHAR",
        "period": "VARCHAR",
        "fact": "VARCHAR",
        "value": "BIGINT",
    },
}
"""Columns of the tables that a scheme may have no use for; they are empty then."""


def publish(run: Run) -> None:
    """Make the typed relations of a checked input.

    Points, fact values and ``number`` attributes are BIGINT hundredths, ballots BIGINT counts.
    Subjects are a table, since the engine joins them again and again; the rest are views.
    """
    for table in TABLE_LABELS:
        if table not in run.tables:
            columns = ", ".join(
                f"CAST(NULL AS {kind}) AS {sql.name(code)}" for code, kind in _UNUSED[table].items()
            )
            _make(run, "VIEW", table, f"SELECT {columns} WHERE false")
            continue
        known = f"_cells_{table}" if table in ("subjects", "scores") else f"_known_{table}"
        listed = ", ".join(
            f"{_published(run, table, column)} AS {sql.name(column.code)}"
            for column in run.tables[table].columns
        )
        kind = "TABLE" if table == "subjects" else "VIEW"
        _make(run, kind, table, f"SELECT {listed} FROM {known}")


def _make(run: Run, kind: str, table: str, query: str) -> None:
    run.connection.execute(f"CREATE OR REPLACE TEMP {kind} in_{table} AS {query}")


def _published(run: Run, table: str, column: Column) -> str:
    cell = sql.name(column.code)
    if table == "subjects":
        attribute = next((a for a in run.scheme.attributes if a.code == column.code), None)
        if attribute is not None:
            return _attribute(attribute, cell)
        if column.code == "county":
            return f"coalesce({cell}, '')"
    if (table, column.code) in (("adjustments", "item"), ("facts", "fact")):
        return f"_{column.code}"
    if column.type == "count":
        return f"coalesce({cell}, 0)"
    return cell


def _attribute(attribute: Attribute, cell: str) -> str:
    """The attribute where the kind has it; a flag not given is told by the list of members."""
    of_kind = f"kind IN {sql.texts(attribute.kinds)}"
    match attribute.type:
        case "indicators":
            given = f"{sql.name(attribute.code + '_text')} IS NOT NULL"
            return f"CASE WHEN {of_kind} AND {given} THEN {cell} ELSE CAST([] AS VARCHAR[]) END"
        case "flag" if attribute.members:
            listed = f"name IN {sql.texts(attribute.members)}"
            return f"CASE WHEN {of_kind} THEN coalesce({cell}, {listed}) END"
    return f"CASE WHEN {of_kind} THEN {cell} END"


def notice_members(run: Run) -> None:
    """Say which listed names nobody bears: a misspelt unit would silently not count."""
    for attribute in run.scheme.attributes:
        if not attribute.members:
            continue
        text = sql.name(f"{attribute.code}_text")
        kinds = sql.texts(attribute.kinds)
        asked = run.rows(
            f"SELECT DISTINCT name FROM _cells_subjects WHERE kind IN {kinds} AND {text} IS NULL"
        )
        borne = {
            name
            for (name,) in run.rows(
                f"SELECT DISTINCT name FROM _cells_subjects WHERE kind IN {kinds} "
                f"AND name IN {sql.texts(attribute.members)}"
            )
        }
        absent = [name for name in attribute.members if name not in borne]
        if asked and absent:
            more = f"等 {len(absent)} 个" if len(absent) > 5 else ""
            run.report.notices.append(
                f"「{attribute.name}」的名单（办法文件 attributes）里，"
                f"{'、'.join(absent[:5])}{more}在考核对象中没有同名的：请核对名称"
            )
