"""From single points to a subject's sheet: one row a subject, one column a sum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import Any

import ibis
import ibis.expr.types as ir

from kaohe.engine.plan import sums
from kaohe.engine.plan.columns import ColumnCarrier, TableSource, number, whole
from kaohe.scheme import Kind, Scheme, keys
from kaohe.scheme.exact import Environment, Evaluator, Ratio
from kaohe.scheme.formula import parse
from kaohe.scheme.model import Indicator, Scoring, hundredths
from kaohe.scheme.values import Values, referenced_leaves

GIVEN = "#given"


def evaluator() -> Evaluator[Any, Any, Any]:
    """For arithmetic without names."""

    def none(*_: str) -> Ratio[Any]:
        raise AssertionError("no names here")

    return Evaluator(ColumnCarrier(), Environment(none, none, none))


def combined(scores: ir.Table, scoring: Scoring) -> ir.Table:
    """Several scores of an indicator become one, rounded once; too few give no points."""
    by = [scores.subject_id, scores.round, scores.indicator]
    if scoring.weights:
        bottom = lcm(*(Fraction(weight).denominator for weight in scoring.weights.values()))
        sums = [
            whole(scores.points.sum(where=scores.source == source))
            * number(int(Fraction(weight) * bottom))
            for source, weight in scoring.weights.items()
        ]
        top = sums[0]
        for part in sums[1:]:
            top = top + part
        totals = scores.group_by(by).agg(top=top)
        share = Ratio(Fraction(1, bottom * 100), totals.top)
    else:
        totals = scores.group_by(by).agg(
            top=whole(scores.points.sum()),
            most=scores.points.max(),
            least=scores.points.min(),
            scorers=scores.points.count(),
        )
        top, count = totals.top, totals.scorers
        if scoring.drop_highest:
            top, count = top - totals.most, count - number(1)
        if scoring.drop_lowest:
            top, count = top - totals.least, count - number(1)
        enough = totals.scorers >= number(scoring.at_least)
        divisor = ColumnCarrier().choose(enough, count, number(0)).nullif(number(0))
        share = Ratio(Fraction(1, 100), top, divisor)
    points = evaluator().rounded(share, 2, "half_up")
    return totals.select("subject_id", "round", "indicator", points=points)


def measured_leaves(kind: Kind, facts: bool) -> dict[str, Indicator]:
    """Leaves that facts may give points to; none where the run has no facts."""
    return {leaf.code: leaf for leaf in kind.leaves() if facts and leaf.measure is not None}


def singles(kind: Kind, facts: bool) -> frozenset[str]:
    """Leaves that need a column of their own: named, measured, or combined from several scores."""
    if kind.scoring is not None:
        return frozenset(leaf.code for leaf in kind.leaves())
    return referenced_leaves(kind) | frozenset(measured_leaves(kind, facts))


def labels(kind: Kind, facts: bool) -> dict[str, str]:
    """Leaf to what it is summed under: itself, or its top group (or ``LOOSE``)."""
    alone = singles(kind, facts)
    return {
        leaf: f"={leaf}" if leaf in alone else code
        for code, leaves in keys.summed(kind).items()
        for leaf in leaves
    }


def points(scheme: Scheme, scores: ir.Table, columns: sums.Columns) -> ir.Table:
    """The sums of points of all subjects; see :func:`sheet` for what they mean to a kind."""
    return sums.wide(scheme, scores, columns, lambda rows, codes: rows.indicator.isin(codes))


def sheet(
    scheme: Scheme, kind: Kind, table: ir.Table, columns: sums.Columns, facts: bool
) -> dict[str, Any]:
    """The kind's own names for the sums of :func:`points`, joined to ``table``."""
    measured, alone = measured_leaves(kind, facts), singles(kind, facts)
    named: dict[str, Any] = {}
    for index, round_ in enumerate(scheme.rounds):

        def of(*parts: str, index: int = index) -> Any:
            places = [c for part in parts for c in columns.of_label(kind.name, part)]
            return sums.total(table, [sums.name(index, c) for c in places])

        for code, leaves in keys.summed(kind).items():
            plain = [f"={x}" for x in leaves if x in alone and x not in measured]
            rest = [code] if any(x not in alone for x in leaves) else []
            if plain or rest:
                named[keys.in_round(round_.code, code)] = of(*rest, *plain)
        for leaf in sorted(alone):
            suffix = GIVEN if leaf in measured else ""
            named[keys.in_round(round_.code, leaf) + suffix] = of(f"={leaf}")
    return named


def with_full_points(scheme: Scheme, kind: Kind, table: ir.Table) -> ir.Table:
    """What the applicable indicators of a scaled group can bring to each subject."""
    columns: dict[str, Any] = {}
    for leaf in kind.leaves():
        if leaf.conditional:
            columns[keys.applies(leaf.code)] = applies(scheme, kind, table, leaf)
    for top in kind.indicators:
        if top.scaling is None:
            continue
        full = number(0)
        for leaf in top.leaves():
            full = full + _if_applies(scheme, kind, table, leaf, hundredths(leaf.points))
        for round_ in scheme.rounds:
            columns[keys.full(keys.in_round(round_.code, top.code))] = full
    return table.mutate(**columns) if columns else table


def with_scaled_groups(scheme: Scheme, kind: Kind, table: ir.Table) -> ir.Table:
    """The exact points of scaled groups, once their sums are known."""
    values = Values(scheme, kind, ColumnCarrier(), TableSource(table))
    columns: dict[str, Any] = {}
    for round_ in scheme.rounds:
        for top in kind.indicators:
            if top.scaling is not None:
                key = keys.in_round(round_.code, top.code)
                n, d = evaluator().fraction(values.scaled_group(round_.code, top))
                columns |= {keys.numerator(key): n, keys.denominator(key): d}
    return table.mutate(**columns) if columns else table


def applies(scheme: Scheme, kind: Kind, table: ir.Table, leaf: Indicator) -> Any | None:
    """Whether a leaf applies to each subject, never NULL; None where it applies to all."""
    if leaf.applies is None:
        return None
    if leaf.applies.listed_in is not None:
        return table[leaf.applies.listed_in].contains(leaf.code).fill_null(False)
    assert leaf.applies.when is not None
    values = Values(scheme, kind, ColumnCarrier(), TableSource(table))
    return values.of_attributes().flag(leaf.applies.when.node).fill_null(False)


def _if_applies(scheme: Scheme, kind: Kind, table: ir.Table, leaf: Indicator, points: int) -> Any:
    condition = applies(scheme, kind, table, leaf)
    if condition is None:
        return number(points)
    return condition.ifelse(number(points), number(0))


def with_measured(scheme: Scheme, kind: Kind, table: ir.Table, facts: bool) -> ir.Table:
    """Points from facts where no row gives them, and the sums that they belong to."""
    measured = measured_leaves(kind, facts)
    if not measured:
        return table
    exact: dict[str, Any] = {}
    for round_ in scheme.rounds:
        of_round = Values(scheme, kind, ColumnCarrier(), TableSource(table)).of_round(round_)
        for code, leaf in _measured_in(measured, round_.code):
            assert leaf.measure is not None
            key = keys.in_round(round_.code, code)
            node = parse(leaf.measure.rule.formula_text(str(leaf.points)))
            n, d = of_round.fraction(of_round.number(node))
            condition = applies(scheme, kind, table, leaf)
            ours = table[key + GIVEN].isnull()
            ours = ours if condition is None else ours & condition
            exact[keys.numerator(key)] = ours.ifelse(n, None)
            exact[keys.denominator(key)] = ours.ifelse(d, None)
    table = table.mutate(**exact)
    points: dict[str, Any] = {}
    for round_ in scheme.rounds:
        for code in measured:
            key = keys.in_round(round_.code, code)
            points[key] = table[key + GIVEN]
        for code, leaf in _measured_in(measured, round_.code):
            key = keys.in_round(round_.code, code)
            share = evaluator().ratio(table[keys.numerator(key)], table[keys.denominator(key)])
            rounded = evaluator().rounded(share, 2, "half_up")
            inside = rounded.clip(number(0), number(hundredths(leaf.points)))
            points[key] = table[key + GIVEN].coalesce(inside)
    table = table.mutate(**points)
    groups: dict[str, Any] = {}
    for round_ in scheme.rounds:
        groups |= _completed(kind, table, round_.code, set(measured))
    return table.mutate(**groups).drop(*(c for c in table.columns if c.endswith(GIVEN)))


def _measured_in(
    measured: dict[str, Indicator], round_code: str
) -> Iterator[tuple[str, Indicator]]:
    for code, leaf in measured.items():
        rounds = leaf.measure.rounds if leaf.measure is not None else ()
        if rounds is None or round_code in rounds:
            yield code, leaf


def _completed(kind: Kind, table: ir.Table, round_code: str, measured: set[str]) -> dict[str, Any]:
    """Sums of groups with measured leaves; a leaf that does not apply adds nothing."""
    columns: dict[str, Any] = {}
    leaves_by_code = {leaf.code: leaf for leaf in kind.leaves()}
    for code, leaves in keys.summed(kind).items():
        added = [leaf for leaf in leaves if leaf in measured]
        if not added:
            continue
        key = keys.in_round(round_code, code)
        parts = [(leaf, table[keys.in_round(round_code, leaf)]) for leaf in added]
        plain = [leaf for leaf in leaves if leaf not in measured]
        if plain:
            # Their sum can be left out only where all of them can.
            always = next((x for x in plain if leaves_by_code[x].applies is None), plain[0])
            parts.append((always, table[key]))
        some = ibis.coalesce(*(points for _, points in parts)).notnull()
        total = number(0)
        for leaf, points in parts:
            optional = leaves_by_code[leaf].applies is not None
            total = total + (points.fill_null(number(0)) if optional else points)
        total = some.ifelse(total, None)
        columns[key] = total
    return columns
