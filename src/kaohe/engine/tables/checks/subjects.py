"""Checks of the subjects and their attributes."""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.checks.cells import cell_checks
from kaohe.engine.tables.checks.rows import Check, empty, run_checks, tell_repeats
from kaohe.engine.tables.problems import plain, shown
from kaohe.engine.tables.run import Run
from kaohe.scheme.formula.nearest import nearest
from kaohe.scheme.model import Attribute

_CELLS = "_cells_subjects"


def check_subjects(run: Run) -> None:
    """Ids, kinds, names and attributes; attributes of a kind that has none of the sort."""
    table = run.tables["subjects"]
    dirty = sql.contains("subject_id_text", sql.DIRTY)
    checks = [
        empty("subject_id", table.column("subject_id").label),
        Check("subject_id.untidy", "subject_id", dirty, _untidy_id),
        *cell_checks(table.column("kind"), filled="true"),
        *cell_checks(table.column("name"), filled="true"),
    ]
    # Counties are told apart everywhere or nowhere.
    counties = run.value(f"SELECT count(county_text) FROM {_CELLS}")
    checks += cell_checks(table.column("county"), filled="true" if counties else None)
    for attribute in run.scheme.attributes:
        checks += _attribute_checks(run, attribute)
    run_checks(run, "subjects", _CELLS, checks)
    tell_repeats(
        run,
        "subjects",
        _CELLS,
        [sql.clean("subject_id_text")],
        "subject_id.duplicate",
        "subject_id",
        lambda text, first: f"{shown(text)} 与第 {first} 行重复：每个对象只占一行，编号不能相同",
    )
    for attribute in run.scheme.attributes:
        if attribute.type == "indicators":
            _check_codes(run, attribute)


def _untidy_id(text: str) -> str:
    if text in sql.EXCEL_ERRORS:
        return f"{text} 是 Excel 公式的错误值：请改正公式，或直接填写"
    return f"「{shown(text)}」含有空格或看不见的字符：编号里不能有，请删去"


def _attribute_checks(run: Run, attribute: Attribute) -> list[Check]:
    column = run.tables["subjects"].column(attribute.code)
    text, value = sql.name(f"{attribute.code}_text"), sql.name(attribute.code)
    kinds = f"kind IN {sql.texts(attribute.kinds)}"
    needed = kinds if attribute.required and not attribute.members else None
    checks = cell_checks(column, filled=needed)
    # A flag that is 0 says nothing about a kind it is not for.
    given = f"{text} IS NOT NULL" + (f" AND {value}" if attribute.type == "flag" else "")
    others = "、".join(attribute.kinds)
    checks.append(
        Check(
            f"{attribute.code}.not_for_kind",
            attribute.code,
            f"kind NOT IN {sql.texts(attribute.kinds)} AND {given}",
            lambda v, kind: f"{shown(v)} 不该填：「{column.label}」只用于{others}，这一行是{kind}",
            ("kind",),
        )
    )
    if attribute.type == "number":
        most = run.scheme.limits.number * 100
        checks += [
            Check(f"{attribute.code}.negative", attribute.code, f"{value} < 0", _negative),
            Check(
                f"{attribute.code}.too_large",
                attribute.code,
                f"{value} > {most}",
                lambda v: f"{shown(v)} 超过上限 {plain(most)}",
            ),
        ]
    return checks


def _negative(text: str) -> str:
    return f"{shown(text)} 是负数，不能小于 0"


def _check_codes(run: Run, attribute: Attribute) -> None:
    """Each listed code must be a leaf of the kind that the attribute switches on, and only once."""
    for name in attribute.kinds:
        kind = run.scheme.kind(name)
        leaves = list(kind.leaves())
        switched = [x.code for x in leaves if x.applies and x.applies.listed_in == attribute.code]
        known = switched or [leaf.code for leaf in leaves]
        codes, text = sql.name(attribute.code), sql.name(f"{attribute.code}_text")
        wrong = f"list_filter({codes}, lambda x: x NOT IN {sql.texts(known)})"
        given = f"kind = {sql.literal(name)} AND {text} IS NOT NULL"

        def unknown(text: str, wrong: list[str], known: list[str] = known, name: str = name) -> str:
            if any(not code for code in wrong):
                return (
                    f"{shown(text)} 里有空的一项：编号之间用一个半角分号隔开，如 {';'.join(known)}"
                )
            if len(wrong) == 1 and any(sign in wrong[0] for sign in "；,，、 /"):
                return f"{shown(text)} 应用半角分号隔开，如 {';'.join(known)}"
            bad = "、".join(f"「{shown(code)}」" for code in wrong)
            return f"{name}没有可在这里列出的指标{bad}{nearest(wrong[0], known)}"

        checks = [
            Check(
                f"{attribute.code}.unknown",
                attribute.code,
                f"{given} AND len({wrong}) > 0",
                unknown,
                (wrong,),
            ),
            Check(
                f"{attribute.code}.duplicate",
                attribute.code,
                f"{given} AND len({wrong}) = 0 AND len(list_distinct({codes})) < len({codes})",
                lambda text: f"{shown(text)} 里有重复的编号，每个只写一次",
            ),
        ]
        run_checks(run, "subjects", _CELLS, checks)
