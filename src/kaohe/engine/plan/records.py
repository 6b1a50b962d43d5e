"""Events, ballots, determinations and facts: from many rows to one row a subject."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unicodedata import normalize

import ibis
import ibis.expr.types as ir

from kaohe.engine.plan import sums
from kaohe.engine.plan.columns import ColumnCarrier, TableSource, number, whole
from kaohe.scheme import Kind, Scheme, keys, names
from kaohe.scheme.exact import Environment, Evaluator, Flag, Ratio, Words, in_hundredths
from kaohe.scheme.formula import parse
from kaohe.scheme.model import Adjustments, Fact, Item, Period, hundredths
from kaohe.scheme.values import Values

REST = "#rest"
EVENTS = "#events"


def own_items(side: Adjustments, facts: bool) -> list[Item]:
    """Items with a cap or a measure of their own; the others are summed together."""
    return [i for i in side.items if i.cap is not None or (facts and i.measure is not None)]


def labels(kind: Kind, facts: bool) -> dict[str, str]:
    """Item (with its side) to what its events are summed under: itself, or the rest of the side."""
    found: dict[str, str] = {}
    for type_, side in kind.sides().items():
        own = {item.code for item in own_items(side, facts)}
        for item in side.items:
            element = f"{type_}/{item.code}"
            found[element] = element if item.code in own else type_ + REST
    return found


def events(scheme: Scheme, adjustments: ir.Table, columns: sums.Columns) -> ir.Table:
    """The points of events of all subjects; see :func:`sides` for what they mean to a kind."""

    def about(rows: ir.Table, elements: list[str]) -> Any:
        by_type: dict[str, list[str]] = {}
        for element in elements:
            type_, code = element.split("/", 1)
            by_type.setdefault(type_, []).append(code)
        either = [(rows.type == t) & rows.item.isin(codes) for t, codes in by_type.items()]
        return either[0] if len(either) == 1 else either[0] | either[1]

    return sums.wide(scheme, adjustments, columns, about)


def sides(
    scheme: Scheme, kind: Kind, table: ir.Table, columns: sums.Columns, facts: bool
) -> dict[str, Any]:
    """The kind's own names for the sums of :func:`events`, joined to ``table``."""
    named: dict[str, Any] = {}
    for index, round_ in enumerate(scheme.rounds):
        for type_, side in kind.sides().items():
            rest = columns.of_label(kind.name, type_ + REST)
            parts = [sums.name(index, c) for c in rest]
            named[keys.in_round(round_.code, side.name) + REST] = sums.total(table, parts)
            for item in own_items(side, facts):
                own = columns.of_label(kind.name, f"{type_}/{item.code}")
                parts = [sums.name(index, c) for c in own]
                named[_item(round_.code, type_, item.code) + EVENTS] = sums.total(table, parts)
    return named


def _item(round_code: str, type_: str, code: str) -> str:
    return keys.in_round(round_code, f"{type_}/{code}")


def with_sides(scheme: Scheme, kind: Kind, table: ir.Table, facts: bool) -> ir.Table:
    """加分 and 扣分 of each round, capped by item and side; no event is 0 points."""
    items_and_sums: dict[str, Any] = {}
    for round_ in scheme.rounds:
        values = Values(scheme, kind, ColumnCarrier(), TableSource(table))
        items: dict[str, Any] = {}
        totals: dict[str, Any] = {}
        for type_, side in kind.sides().items():
            key = keys.in_round(round_.code, side.name)
            total = table[key + REST].fill_null(number(0))
            for item in own_items(side, facts):
                own = _item(round_.code, type_, item.code)
                points = table[own + EVENTS]
                if facts and item.measure is not None:
                    most = side.cap if item.cap is None else item.cap
                    of_round = values.of_round(round_)
                    node = parse(item.measure.rule.formula_text(str(most)))
                    exact = of_round.rounded(of_round.number(node), 2, "half_up")
                    measured = _at_least_zero(exact)
                    if item.measure.rounds is None or round_.code in item.measure.rounds:
                        points = points.coalesce(measured)
                points = points.fill_null(number(0))
                if item.cap is not None:
                    points = ibis.least(points, number(hundredths(item.cap)))
                items[own] = points
                total = total + points
            totals[key] = ibis.least(total, number(hundredths(side.cap)))
        items_and_sums |= items | totals
    if not items_and_sums:
        return table
    table = table.mutate(**items_and_sums)
    return table.drop(*(c for c in table.columns if c.endswith((REST, EVENTS))))


def _at_least_zero(points: Any) -> Any:
    """A rule never makes a bonus a deduction; no value stays none."""
    return points.notnull().ifelse(ibis.greatest(points, number(0)), None)


def ballots(scheme: Scheme, table: ir.Table) -> ir.Table:
    """The counted ballots and the sum of their values (hundredths), by round."""
    assert scheme.ballot is not None
    counted, worth = number(0), number(0)
    for option in scheme.ballot.options:
        if option.value is not None:
            counted = counted + table[option.code]
            worth = worth + table[option.code] * number(hundredths(option.value))
    columns: dict[str, Any] = {}
    for round_ in scheme.rounds:
        here = table.round == round_.code
        key = keys.in_round(round_.code, scheme.ballot.name)
        columns[keys.total(key)] = whole(worth.sum(where=here))
        columns[keys.count(key)] = whole(counted.sum(where=here))
    return table.group_by("subject_id").agg(**columns)


def determinations(scheme: Scheme, table: ir.Table) -> ir.Table:
    """Whether each determination was made, of all subjects that have any."""
    flags = {
        keys.determination(d.name): (table.type == d.code).any() for d in scheme.determinations
    }
    return table.group_by("subject_id").agg(**flags)


def facts(scheme: Scheme, kind: Kind, rows: ir.Table, subjects: ir.Table) -> ir.Table:
    """Facts of each round and of the year, recorded and derived (hundredths)."""
    shared = [a.code for a in scheme.attributes_of(kind.name)]
    joined = rows.join(subjects.select("subject_id", *shared), "subject_id")
    recorded = {fact.code: fact for fact in scheme.facts if fact.code is not None}
    columns: dict[str, Any] = {}
    for fact in scheme.facts_of(kind.name):
        source = fact if fact.of is None else recorded[fact.of]
        value = _each(scheme, fact, joined)
        mine = joined.fact == source.code
        columns[keys.fact(keys.YEAR, fact.name)] = _gathered(fact, value, mine)
        for round_ in scheme.rounds:
            if source.per == "round":
                here = mine & (joined.round == round_.code)
            else:
                here = mine & joined.period.isin(periods(round_.period, source.per))
            columns[keys.fact(round_.code, fact.name)] = _gathered(fact, value, here)
    return joined.group_by("subject_id").agg(**columns)


def _gathered(fact: Fact, value: Any, where: Any) -> Any:
    match fact.aggregate:
        case "sum":
            return whole(value.sum(where=where))
        case "max":
            return value.max(where=where)
        case "min":
            return value.min(where=where)


def _each(scheme: Scheme, fact: Fact, rows: ir.Table) -> Any:
    if fact.each is None:
        return rows.value
    attributes = {normalize("NFKC", a.name): a for a in scheme.attributes}

    def name(text: str) -> Ratio[Any] | Flag[Any] | Words[Any]:
        if text == names.VALUE:
            return in_hundredths(rows.value)
        attribute = attributes[text]
        column = rows[attribute.code]
        if attribute.type == "number":
            return in_hundredths(column)
        return Flag(column) if attribute.type == "flag" else Words(column)

    def none(*_: str) -> Ratio[Any]:
        raise AssertionError("`each` has no members and no indicators")

    each = Evaluator(ColumnCarrier(), Environment(name, none, none))
    return each.rounded(each.number(fact.each.node), 2, "half_up")


def periods(period: Period, per: str) -> list[str]:
    """The months (``2016-03``) or quarters (``2016Q1``) that a period touches."""
    found: list[str] = []
    day = period.start.replace(day=1)
    while day <= period.end:
        label = f"{day:%Y-%m}" if per == "month" else f"{day.year}Q{(day.month + 2) // 3}"
        if label not in found:
            found.append(label)
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return found


def with_fact_ranks(scheme: Scheme, kind: Kind, table: ir.Table) -> ir.Table:
    """Place and best value of facts that are measured by rank; ties share the better place."""
    columns: dict[str, Any] = {}
    for fact, rule in names.ranked_facts(kind).items():
        codes = [a.code for a in scheme.attributes if a.code in rule.within]
        for round_ in scheme.rounds:
            value = table[keys.fact(round_.code, fact)]
            group = [table.county, *(table[code] for code in codes)]
            window = ibis.window(group_by=[*group, value.notnull()], order_by=value.desc())
            place = whole(ibis.rank().over(window) + 1)
            columns[keys.fact(round_.code, fact + names.PLACE)] = value.notnull().ifelse(
                place, None
            )
            best = value.max().over(ibis.window(group_by=group))
            columns[keys.fact(round_.code, fact + names.BEST)] = best
    return table.mutate(**columns) if columns else table
