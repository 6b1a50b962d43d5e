"""One named value after the other, as new columns of a kind's table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import ibis
import ibis.expr.types as ir

from kaohe.engine.plan import sheets
from kaohe.engine.plan.columns import ColumnCarrier, TableSource, number, stored, whole
from kaohe.scheme import Kind, Scheme, keys
from kaohe.scheme.exact import Evaluator
from kaohe.scheme.model import Award, Formula, Grade, GradeQuota, Rank, Result, hundredths
from kaohe.scheme.order import Step
from kaohe.scheme.values import Values

LAST = "#last"

Layer = Callable[[ir.Table], dict[str, Any]]
"""From a table to new columns of it; None drops a column that was only needed on the way."""


def with_level(scheme: Scheme, kind: Kind, table: ir.Table, level: Sequence[Step]) -> ir.Table:
    """``table`` with the columns of steps that do not need each other.

    Each step is one or more layers; the first layers of all are made in one selection, then
    the second ones, and so on: a selection lists every column again, so there should be few.
    """
    pending = [_layers(scheme, kind, step) for step in level]
    while any(pending):
        columns: dict[str, Any] = {}
        for layers in pending:
            if layers:
                columns |= layers.pop(0)(table)
        table = table.mutate(**{name: c for name, c in columns.items() if c is not None})
        table = table.drop(*(name for name, c in columns.items() if c is None))
    return table


def _layers(scheme: Scheme, kind: Kind, step: Step) -> list[Layer]:
    part = step.part
    if isinstance(part, Result):
        exact = partial(_exact, scheme, kind, step, part)
        chosen = [partial(_chosen, step, part)] if part.otherwise else []
        return [exact, *chosen, partial(_rounded, step, part)]
    if isinstance(part, Rank):
        return [lambda table: {part.name: _rank(scheme, kind, table, part)}]
    if isinstance(part, Grade):
        quotas = [partial(_quota, part, quota) for quota in part.quotas]
        return [lambda table: {part.name: _banded(scheme, kind, table, part)}, *quotas]
    if isinstance(part, Award):
        return [partial(_last, kind, part), partial(_award, part)]
    when = part.when.node
    return [lambda table: {step.name: _year(scheme, kind, table).flag(when).fill_null(False)}]


def _year(scheme: Scheme, kind: Kind, table: ir.Table) -> Evaluator[Any, Any, Any]:
    return Values(scheme, kind, ColumnCarrier(), TableSource(table)).of_year()


def _exact(scheme: Scheme, kind: Kind, step: Step, part: Result, table: ir.Table) -> dict[str, Any]:
    """The value of each formula before rounding, as a fraction."""
    evaluator = Values(scheme, kind, ColumnCarrier(), TableSource(table)).of(step.round)
    columns: dict[str, Any] = {}
    for suffix, formula, when in _alternatives(part):
        n, d = evaluator.fraction(evaluator.number(formula.node))
        if when is not None:
            n = evaluator.flag(when.node).ifelse(n, None)
        columns[keys.numerator(step.name) + suffix] = stored(n)
        columns[keys.denominator(step.name) + suffix] = stored(d)
    return columns


def _alternatives(part: Result) -> Iterator[tuple[str, Formula, Formula | None]]:
    """Each formula of a result with its number; a single one needs none."""
    yield "1" if part.otherwise else "", part.formula, None
    for index, other in enumerate(part.otherwise, 2):
        yield str(index), other.formula, other.when


def _chosen(step: Step, part: Result, table: ir.Table) -> dict[str, Any]:
    """The first alternative that has a value, and which it was."""
    top, bottom = keys.numerator(step.name), keys.denominator(step.name)
    cases: list[tuple[Any, Any, Any, Any]] = []
    dropped: dict[str, Any] = {}
    for suffix, _, _ in _alternatives(part):
        n, d = table[top + suffix], table[bottom + suffix]
        cases.append((n.notnull() & d.notnull(), n, d, number(int(suffix))))
        dropped |= {top + suffix: None, bottom + suffix: None}
    chosen = {
        top: ibis.cases(*((known, n) for known, n, _, _ in cases)),
        bottom: ibis.cases(*((known, d) for known, _, d, _ in cases)),
        keys.alternative(step.name): ibis.cases(*((known, i) for known, _, _, i in cases)),
    }
    return chosen | dropped


def _rounded(step: Step, part: Result, table: ir.Table) -> dict[str, Any]:
    evaluator = sheets.evaluator()
    exact = evaluator.ratio(table[keys.numerator(step.name)], table[keys.denominator(step.name)])
    return {step.name: evaluator.rounded(exact, part.precision, part.rounding)}


def _rank(scheme: Scheme, kind: Kind, table: ir.Table, part: Rank) -> Any:
    """The place among those with a value (and ``among``): the others come after all of them."""
    value = table[part.of]
    ranked = value.notnull()
    order = value.desc(nulls_first=False) if part.start == "top" else value.asc(nulls_first=False)
    group = [table.county, *(table[code] for code in part.within)]
    if part.among is not None:
        among = _year(scheme, kind, table).flag(part.among.node).fill_null(False)
        ranked = ranked & among
        group.append(among)
    place = whole(ibis.rank().over(ibis.window(group_by=group, order_by=order)) + 1)
    return ranked.ifelse(place, None)


def _ties(table: ir.Table, group: list[Any], value: Any) -> Any:
    """How many of the group have this very value."""
    window = ibis.window(group_by=[*group, value])
    return table.subject_id.count().over(window)


def _banded(scheme: Scheme, kind: Kind, table: ir.Table, part: Grade) -> Any:
    """The grade by bands and overrides; quotas come after."""
    value = table[part.of]
    bands = ibis.cases(
        *((value >= number(hundredths(band.at_least)), band.name) for band in part.bands)
    )
    evaluator = _year(scheme, kind, table)
    cases = []
    for override in part.overrides:
        applies = evaluator.flag(override.when.node).fill_null(False)
        if override.only:
            applies = applies & bands.isin(override.only).fill_null(False)
        cases.append((applies, ibis.literal(override.grade)))
    return ibis.cases(*cases, else_=bands) if cases else bands


def _quota(part: Grade, quota: GradeQuota, table: ir.Table) -> dict[str, Any]:
    """At most a share of all that have a grade may keep this one; a tie at the end loses it."""
    current, value = table[part.name], table[part.of]
    chosen = (current == quota.grade).fill_null(False)
    group = [table.county, *(table[code] for code in quota.within)]
    share = Fraction(quota.share)
    graded = current.count().over(ibis.window(group_by=group))
    places = ColumnCarrier().floor_divide(
        graded * number(share.numerator), number(share.denominator)
    )
    inside = ibis.window(group_by=[*group, chosen], order_by=value.desc())
    place = ibis.rank().over(inside) + 1
    last = place + _ties(table, [*group, chosen], value) - 1
    beyond = chosen & (last > places)
    return {
        part.name: beyond.ifelse(quota.then, current),
        keys.tie(part.name): _or_before(table, keys.tie(part.name), beyond & (place <= places)),
    }


def _or_before(table: ir.Table, key: str, flag: Any) -> Any:
    """A flag that an earlier quota may have set already."""
    return table[key] | flag if key in table.columns else flag


def _last(kind: Kind, part: Award, table: ir.Table) -> dict[str, Any]:
    """The place that the last of those tied would have without the tie."""
    by = next(rank for rank in kind.ranks if rank.name == part.by)
    place = table[by.name]
    group = [table.county, *(table[code] for code in by.within)]
    return {part.name + LAST: place + _ties(table, group, place) - 1}


def _award(part: Award, table: ir.Table) -> dict[str, Any]:
    place, last = table[part.by], table[part.name + LAST]
    cases, crossed, bound = [], ibis.literal(False), 0
    for prize in part.places:
        bound += prize.count
        cases.append((place <= number(bound), prize.name))
        crossed = crossed | ((place <= number(bound)) & (last > number(bound)))
    return {
        part.name: ibis.cases(*cases),
        keys.tie(part.name): crossed.fill_null(False),
        part.name + LAST: None,
    }
