"""The carrier of formulas in the engine: columns of int64, as Ibis expressions.

No backend's own division is used: DuckDB's and Spark's ``/`` leave the integers. Each session
defines ``kaohe_floor`` once (:data:`FLOOR`), whole division rounded down, with integers only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

FLOOR = {
    "duckdb": (
        "CREATE OR REPLACE TEMP MACRO kaohe_floor(a, b) AS "
        "CASE WHEN a >= 0 THEN a // b ELSE -((b - 1 - a) // b) END"
    ),
    "pyspark": (
        "CREATE OR REPLACE TEMPORARY FUNCTION kaohe_floor(a BIGINT, b BIGINT) RETURNS BIGINT "
        "RETURN CASE WHEN a >= 0 THEN a div b ELSE -((b - 1 - a) div b) END"
    ),
}
WHOLE = {
    "duckdb": "CREATE OR REPLACE TEMP MACRO kaohe_whole(a) AS CAST(a AS BIGINT)",
    "pyspark": (
        "CREATE OR REPLACE TEMPORARY FUNCTION kaohe_whole(a BIGINT) RETURNS BIGINT RETURN a"
    ),
}


@ibis.udf.scalar.builtin(name="kaohe_floor")  # type: ignore[untyped-decorator]
def _floor(a: int, b: int) -> int: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="kaohe_whole")  # type: ignore[untyped-decorator]
def _whole(a: int) -> int: ...  # type: ignore[empty-body]


def whole(column: Any) -> Any:
    """A sum or a rank as int64; a sum that does not fit is an error.

    DuckDB sums int64 into 128 bits, and Spark ranks in 32.
    """
    return _whole(column)


Integer = ir.IntegerValue
Flag = ir.BooleanValue
Text = ir.StringValue

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def number(value: int) -> Any:
    return ibis.literal(value, "int64")


def _is_constant(column: Any) -> bool:
    return isinstance(column.op(), ops.Literal)


def _value(constant: Any) -> int:
    return int(constant.op().value)


def stored(integer: Any) -> Any:
    """A column of int64, also where it is a constant: backends read a small one as 32 bits."""
    return whole(integer) if _is_constant(integer) else integer


class ColumnCarrier:
    """See :class:`kaohe.scheme.exact.Carrier`; a missing value is NULL and spreads."""

    def constant(self, value: int) -> Any:
        return number(value)

    def text(self, value: str) -> Any:
        return ibis.literal(value, "string")

    def add(self, a: Any, b: Any) -> Any:
        if _is_constant(a) and _is_constant(b):
            return number(_value(a) + _value(b))
        return a + b

    def times(self, a: Any, b: Any) -> Any:
        if _is_constant(a) and _is_constant(b):
            return number(_value(a) * _value(b))
        return a * b

    def floor_divide(self, a: Any, b: Any) -> Any:
        return _floor(stored(a), stored(b))

    def positive(self, a: Any) -> Any:
        return a.nullif(number(0))

    def compare(self, op: str, a: Any, b: Any) -> Any:
        return _COMPARE[op](a, b)

    def same_text(self, a: Any, b: Any) -> Any:
        return a == b

    def same_flag(self, a: Any, b: Any) -> Any:
        return a == b

    def both(self, a: Any, b: Any) -> Any:
        return a & b

    def either(self, a: Any, b: Any) -> Any:
        return a | b

    def negated(self, a: Any) -> Any:
        return ~a

    def choose(self, condition: Any, a: Any, b: Any) -> Any:
        return self.choose_flag(condition, stored(a), stored(b))

    def choose_flag(self, condition: Any, a: Any, b: Any) -> Any:
        return ibis.cases((condition, a), (~condition, b))

    choose_text = choose_flag

    def extreme(self, op: str, a: Any, b: Any) -> Any:
        best = ibis.least(a, b) if op == "<=" else ibis.greatest(a, b)
        # Backends pass over a NULL among several; here it must spread.
        unknown = [column.isnull() for column in (a, b) if not _is_constant(column)]
        if not unknown:
            return best
        return (unknown[0] if len(unknown) == 1 else unknown[0] | unknown[1]).ifelse(None, best)

    def known(self, a: Any) -> Any:
        return a.notnull()

    known_flag = known
    known_text = known


class TableSource:
    """Stored values of one table, by key."""

    def __init__(self, table: ir.Table) -> None:
        self.table = table

    def integer(self, key: str) -> Any:
        return self.table[key]

    flag = integer
    text = integer
