"""What is checked of any cell of a column, by the column's type."""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.checks import wording
from kaohe.engine.tables.checks.rows import Check, empty
from kaohe.engine.tables.problems import shown
from kaohe.engine.tables.run import Run
from kaohe.engine.tables.spec import Column


def cell_checks(column: Column, *, filled: str | None = None) -> list[Check]:
    """Checks of the column's cells; where the SQL condition ``filled`` holds, none may be empty."""
    checks = [empty(column.code, column.label, filled)] if filled else []
    text, value = sql.name(f"{column.code}_text"), sql.name(column.code)
    wrong = f"{text} IS NOT NULL AND {value} IS NULL"
    errors = f"{text} IN {sql.texts(sql.EXCEL_ERRORS)}"

    def check(kind: str, where: str, say: object) -> None:
        assert callable(say)
        checks.append(Check(f"{column.code}.{kind}", column.code, where, say))

    match column.type:
        case "text":
            untidy = f"{sql.contains(text, sql.UNTIDY)} OR {errors}"
            check("untidy", untidy, wording.text)
            if column.choices:
                known = sql.texts(choice.value for choice in column.choices)
                other = f"{text} NOT IN {known} AND NOT ({untidy})"
                check("unknown", other, lambda v: wording.unknown(v, column))
        case "note":
            check("control", f"{sql.contains(text, sql.CONTROL)} OR {errors}", wording.note)
        case "choice":
            check("unknown", wrong, lambda v: wording.unknown(v, column))
        case "hundredths":
            check("number", wrong, wording.number)
        case "count":
            check("number", wrong, lambda v: wording.number(v, whole=True))
        case "flag":
            check("flag", wrong, wording.flag)
        case "date":
            check("date", wrong, wording.date)
            year = f"year({value}) NOT BETWEEN 1900 AND 2200"
            check("year", year, lambda v: f"{shown(v)} 的年份不对")
    return checks


def reference_checks(run: Run, column: Column, prefix: str = "") -> list[Check]:
    """The cell names a subject: ``{prefix}_n`` and ``{prefix}_id`` are what it was found to be."""
    checks = []
    if not prefix:
        checks.append(empty(column.code, column.label))
    if run.usable("subjects"):
        text = sql.name(f"{column.code}_text")
        where = run.file("subjects")
        checks += [
            Check(
                f"{column.code}.unknown",
                column.code,
                f"{text} IS NOT NULL AND {prefix}_n IS NULL",
                lambda v: f"{shown(v)} 不在考核对象（{where}）里：请核对编号，或先补上这个对象",
            ),
            Check(
                f"{column.code}.untidy",
                column.code,
                f"{prefix}_id <> {text}",
                lambda v, known: f"「{shown(v)}」含有空格或看不见的字符，请改成「{known}」",
                (f"{prefix}_id",),
            ),
        ]
    return checks
