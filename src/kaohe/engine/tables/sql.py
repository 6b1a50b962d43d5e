"""Pieces of DuckDB SQL: names, literals, and the cells of a column as text and as typed values."""

from __future__ import annotations

from collections.abc import Iterable

from kaohe.engine.tables.spec import Column

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
NUMBER = r"-?[0-9]{1,12}(\.[0-9]{1,2})?"
WHOLE = r"-?[0-9]{1,12}"
DIRTY = r"[\s\p{Z}\p{Cc}\p{Cf}]"
"""Anything that cannot be seen: spaces of all widths, control and format characters."""
UNTIDY = r"^[\s\p{Z}]|[\s\p{Z}]$|[\p{Cc}\p{Cf}]"
"""Spaces at the ends, or a control or format character anywhere."""
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
EXCEL_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!")

_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_TYPED = {
    "hundredths": "BIGINT",
    "count": "BIGINT",
    "flag": "BOOLEAN",
    "date": "DATE",
    "indicators": "VARCHAR[]",
}


def literal(value: str) -> str:
    """``value`` as an SQL string."""
    return "'" + value.replace("'", "''") + "'"


def name(identifier: str) -> str:
    """``identifier`` as a quoted SQL name."""
    return '"' + identifier.replace('"', '""') + '"'


def texts(values: Iterable[str]) -> str:
    """Values as an SQL list in parentheses; an empty one matches nothing."""
    return "(" + (", ".join(literal(value) for value in values) or "NULL") + ")"


def matches(expression: str, pattern: str) -> str:
    """Whether the whole text matches; NULL for NULL."""
    return f"regexp_full_match({expression}, {literal(pattern)})"


def contains(expression: str, pattern: str) -> str:
    return f"regexp_matches({expression}, {literal(pattern)})"


def clean(expression: str) -> str:
    """The text without anything invisible, by which a mistyped id still finds its subject."""
    return f"regexp_replace({expression}, {literal(DIRTY + '+')}, '', 'g')"


def typed(column: Column) -> str:
    """The SQL type that a column's values have once read."""
    return _TYPED.get(column.type, "VARCHAR")


def readable(kind: str) -> bool:
    """Whether cells of the DuckDB type ``kind`` can be read at all."""
    base = kind.split("(")[0]
    known = ("VARCHAR", "DECIMAL", "DOUBLE", "FLOAT", "DATE", "TIMESTAMP", "BOOLEAN", "ENUM")
    return base in (*_INTEGERS, *known, "HUGEINT", "UBIGINT", "VARCHAR[]", "NULL", '"NULL"')


def text_of(cell: str, kind: str) -> str:
    """The cell as a person would write it; NULL when it is empty."""
    base = kind.split("(")[0]
    if base == "VARCHAR":
        return f"nullif({cell}, '')"
    if base == "VARCHAR[]":
        return f"nullif(array_to_string({cell}, ';'), '')"
    if base == "BOOLEAN":
        return f"CASE WHEN {cell} THEN '1' WHEN NOT {cell} THEN '0' END"
    if base == "TIMESTAMP":
        day = f"strftime({cell}, '%Y-%m-%d')"
        whole = f"{cell} = date_trunc('day', {cell})"
        return f"CASE WHEN {whole} THEN {day} ELSE CAST({cell} AS VARCHAR) END"
    text = f"CAST({cell} AS VARCHAR)"
    if base == "DECIMAL" and not kind.endswith(",0)"):
        return f"rtrim(rtrim({text}, '0'), '.')"
    if base in ("DOUBLE", "FLOAT"):
        # DuckDB prints the shortest text that reads back as the same number.
        return f"regexp_replace({text}, '\\.0$', '')"
    return text


def value_of(column: Column, cell: str, kind: str) -> str:
    """The cell as a typed value; NULL when it is empty or wrong."""
    text = text_of(cell, kind)
    match column.type:
        case "hundredths":
            return _hundredths(cell, kind, text)
        case "count":
            return f"CASE WHEN {matches(text, WHOLE)} THEN TRY_CAST({text} AS BIGINT) END"
        case "flag":
            yes, no = f"{text} IN ('1', '是')", f"{text} IN ('0', '否')"
            return f"CASE WHEN {yes} THEN true WHEN {no} THEN false END"
        case "date":
            if kind == "DATE":
                return cell
            return f"CASE WHEN {matches(text, DATE)} THEN TRY_CAST({text} AS DATE) END"
        case "choice":
            return choice(text, {t: c.value for c in column.choices for t in c.texts()})
        case "indicators":
            return f"string_split(coalesce({text}, ''), ';')"
    return text


def choice(text: str, known: dict[str, str]) -> str:
    """The value that ``text`` stands for; NULL for an unknown one."""
    if not known:
        return "CAST(NULL AS VARCHAR)"
    cases = " ".join(f"WHEN {literal(t)} THEN {literal(v)}" for t, v in known.items())
    return f"CASE {text} {cases} END"


def _hundredths(cell: str, kind: str, text: str) -> str:
    base = kind.split("(")[0]
    if base == "DECIMAL":
        precision, scale = (int(part) for part in kind[8:-1].split(","))
        if precision <= 14 and scale <= 2:
            return f"CAST({cell} * 100 AS BIGINT)"
    if base in _INTEGERS:
        return (
            f"CASE WHEN {cell} BETWEEN -999999999999 AND 999999999999 "
            f"THEN CAST({cell} AS BIGINT) * 100 END"
        )
    number = f"CAST(TRY_CAST({text} AS DECIMAL(14, 2)) * 100 AS BIGINT)"
    return f"CASE WHEN {matches(text, NUMBER)} THEN {number} END"
