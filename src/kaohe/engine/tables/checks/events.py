"""Checks of bonus and deduction events, and of determinations."""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.checks.cells import cell_checks, reference_checks
from kaohe.engine.tables.checks.rows import Check, run_checks, tell_repeats
from kaohe.engine.tables.checks.wording import not_among
from kaohe.engine.tables.problems import MOST, shown
from kaohe.engine.tables.run import Run
from kaohe.engine.tables.spec import TYPES

_LABELS = dict(TYPES)


def check_adjustments(run: Run) -> None:
    """Events of a side and an item that the kind has, of bearable points and number."""
    table = run.tables["adjustments"]
    known = "_known_adjustments"
    most = run.scheme.limits.event_points
    sides = [(kind.name, side) for kind in run.scheme.kinds for side in kind.sides()]
    pairs = ", ".join(f"({sql.literal(kind)}, {sql.literal(side)})" for kind, side in sides)
    has_side = f"(_kind, type) IN ({pairs})"
    checks = [
        *reference_checks(run, table.column("subject_id")),
        *cell_checks(table.column("round"), filled="true"),
        *cell_checks(table.column("type"), filled="true"),
        Check(
            "type.no_side",
            "type",
            f"_kind IS NOT NULL AND type IS NOT NULL AND NOT {has_side}",
            lambda v, kind, side: f"{kind}没有{_LABELS[side]}，这一行不该有",
            ("_kind", "type"),
        ),
        Check("item.empty", "item", "item_text IS NULL", lambda v: "没有填写「事项」"),
        Check(
            "item.unknown",
            "item",
            f"item_text IS NOT NULL AND {has_side} AND _item IS NULL",
            lambda v, kind, side: _unknown_item(run, v, kind, side),
            ("_kind", "type"),
        ),
        *cell_checks(table.column("points"), filled="true"),
        Check(
            "points.not_positive",
            "points",
            "points <= 0",
            lambda v: f"{shown(v)} 应大于 0：扣分也填正数，「类型」写扣分",
        ),
        Check(
            "points.too_large",
            "points",
            f"points > {most * 100}",
            lambda v: f"{shown(v)} 超过一件事的上限 {most} 分（办法文件 limits.event_points）",
        ),
        *cell_checks(table.column("reason")),
    ]
    run_checks(run, "adjustments", known, checks)
    tell_repeats(
        run,
        "adjustments",
        known,
        ["_n", "round", "type", "_item", "points", "coalesce(reason_text, '')"],
        "duplicate",
        "item",
        lambda text, first: (
            f"{shown(text)} 与第 {first} 行完全相同：重复登记的请删去；"
            "确是两件事的，请在「事由」里写出区别"
        ),
    )
    _check_number(run)


def _unknown_item(run: Run, text: str, kind: str, side: str) -> str:
    for other, adjustments in run.scheme.kind(kind).sides().items():
        if other != side and any(text in (i.code, i.name) for i in adjustments.items):
            return f"「{shown(text)}」是{_LABELS[other]}事项，「类型」却写了{_LABELS[side]}"
    items = run.scheme.kind(kind).sides()[side].items
    known = [text for item in items for text in (item.name, item.code)]
    return f"{kind}{not_among(text, f'{_LABELS[side]}事项', known)}"


def _check_number(run: Run) -> None:
    most = run.scheme.limits.events
    query = (
        "SELECT _id, round, type, count(*), max(_row) FROM _known_adjustments "
        "WHERE _n IS NOT NULL AND round IS NOT NULL AND type IS NOT NULL "
        f"GROUP BY ALL HAVING count(*) > {most} ORDER BY 5"
    )
    rounds = {r.code: r.name for r in run.scheme.rounds}
    for subject, code, side, count, row in run.rows(query)[:MOST]:
        message = (
            f"{subject} {rounds[code]}有 {count} 件{_LABELS[side]}，"
            f"超过上限 {most} 件（办法文件 limits.events）"
        )
        kind = "adjustments.too_many"
        run.problem("adjustments", kind, message, row=row, column="subject_id", value=subject)


def check_determinations(run: Run) -> None:
    """Determinations of a type that the kind can have, each once."""
    table = run.tables["determinations"]
    known = "_known_determinations"
    of_kind = [(kind, d.code) for d in run.scheme.determinations for kind in d.kinds]
    pairs = ", ".join(f"({sql.literal(kind)}, {sql.literal(code)})" for kind, code in of_kind)
    checks = [
        *reference_checks(run, table.column("subject_id")),
        *cell_checks(table.column("type"), filled="true"),
        Check(
            "type.not_for_kind",
            "type",
            f"_kind IS NOT NULL AND type IS NOT NULL AND (_kind, type) NOT IN ({pairs})",
            lambda v, kind: f"{kind}不能有「{shown(v)}」这种认定",
            ("_kind",),
        ),
        *cell_checks(table.column("date"), filled="true"),
        *cell_checks(table.column("reason")),
    ]
    run_checks(run, "determinations", known, checks)
    tell_repeats(
        run,
        "determinations",
        known,
        ["_n", "type"],
        "duplicate",
        "type",
        lambda text, first: f"{shown(text)} 与第 {first} 行是同一对象的同一种认定，只留一行",
    )
