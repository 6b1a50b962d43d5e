"""The bounds of every value of a scheme, found formula by formula in their order."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from kaohe.scheme import keys, names
from kaohe.scheme.bounds import UNKNOWN, BoundsError, Interval, IntervalCarrier, Unknown
from kaohe.scheme.exact import Environment, Evaluator, Flag, Ratio, in_hundredths
from kaohe.scheme.formula import parse
from kaohe.scheme.model import Award, Fact, Grade, Kind, Rank, Result, Scheme, hundredths
from kaohe.scheme.order import Segment, Step
from kaohe.scheme.values import Values

MOST_SUBJECTS = 1_000_000


class _Known:
    """A source of intervals: what was found so far for one kind."""

    def __init__(self, found: dict[str, Interval]) -> None:
        self.found = found

    def integer(self, key: str) -> Interval:
        return self.found[key]

    def flag(self, key: str) -> Unknown:
        return UNKNOWN

    def text(self, key: str) -> Unknown:
        return UNKNOWN


class Proof:
    """Bounds in hundredths of every value, by kind and key; see :func:`prove`."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.found = {kind.name: dict(_inputs(scheme, kind)) for kind in scheme.kinds}
        self.carrier = IntervalCarrier()
        for kind in scheme.kinds:
            self._scaled_groups(kind)

    def _scaled_groups(self, kind: Kind) -> None:
        values = self.values(kind)
        for round_ in self.scheme.rounds:
            for top in kind.indicators:
                if top.scaling is not None:
                    key = keys.in_round(round_.code, top.code)
                    exact = values.scaled_group(round_.code, top)
                    n, d = values.of_attributes().fraction(exact)
                    self.found[kind.name] |= {keys.numerator(key): n, keys.denominator(key): d}

    def values(self, kind: Kind) -> Values[Interval, Unknown, Unknown]:
        return Values(self.scheme, kind, self.carrier, _Known(self.found[kind.name]))

    def add(self, step: Step) -> None:
        """Bound one step from those before it; raises :class:`BoundsError`."""
        found = self.found[step.kind]
        if isinstance(step.part, Rank):
            found[step.name] = Interval(1, MOST_SUBJECTS)
            return
        kind = self.scheme.kind(step.kind)
        evaluator = self.values(kind).of(step.round)
        if isinstance(step.part, Result):
            part = step.part
            formulas = [part.formula, *(other.formula for other in part.otherwise)]
            bounds = [
                evaluator.rounded(evaluator.number(f.node), part.precision, part.rounding)
                for f in formulas
            ]
            for other in part.otherwise:
                if other.when is not None:
                    evaluator.flag(other.when.node)
            found[step.name] = _hull(bounds)
            self._link(kind, step.name)
        elif isinstance(step.part, Grade):
            for override in step.part.overrides:
                evaluator.flag(override.when.node)
        elif not isinstance(step.part, Award):
            evaluator.flag(step.part.when.node)

    def measure(self, kind: Kind, text: str) -> None:
        """Bound a measured rule in every round; raises :class:`BoundsError`."""
        node = parse(text)
        for round_ in self.scheme.rounds:
            evaluator = self.values(kind).of_round(round_)
            evaluator.rounded(evaluator.number(node), 2, "half_up")

    def _link(self, kind: Kind, name: str) -> None:
        """What units that ``kind`` is linked to may see of it."""
        bound = self.found[kind.name][name]
        linked = self.scheme.limits.linked
        for unit in self.scheme.kinds:
            if self.scheme.link(kind.name, unit.name) is not None:
                key = keys.member(kind.name, name)
                found = self.found[unit.name]
                found[keys.total(key)] = self.carrier.times(bound, Interval(0, linked))
                found[keys.count(key)] = Interval(0, linked)
                for function in ("最小", "最大"):
                    found[keys.extreme(key, function)] = bound


def prove(scheme: Scheme, order: tuple[Segment, ...]) -> Iterator[tuple[Step, BoundsError]]:
    """Every step whose integers could leave int64, with the reason."""
    proof = Proof(scheme)
    for segment in order:
        for step in segment.steps:
            try:
                proof.add(step)
            except BoundsError as error:
                yield step, error
                proof.found[step.kind][step.name] = Interval(0, 0)
                proof._link(scheme.kind(step.kind), step.name)


def _hull(bounds: list[Interval]) -> Interval:
    return Interval(min(b.low for b in bounds), max(b.high for b in bounds))


def _inputs(scheme: Scheme, kind: Kind) -> Iterator[tuple[str, Interval]]:
    """What the input may hold at most, for subjects of ``kind``."""
    limits = scheme.limits
    for attribute in scheme.attributes_of(kind.name):
        if attribute.type == "number":
            yield attribute.code, Interval(-limits.number * 100, limits.number * 100)
    for fact in scheme.facts_of(kind.name):
        yield keys.fact(keys.YEAR, fact.name), fact_bound(scheme, fact, None)
    for round_ in scheme.rounds:
        code = round_.code
        for node in kind.nodes():
            yield keys.in_round(code, node.code), Interval(0, hundredths(node.points))
            if node.scaling is not None:
                full = keys.full(keys.in_round(code, node.code))
                yield full, Interval(0, hundredths(node.points))
        loose = sum(hundredths(top.points) for top in kind.indicators if not top.children)
        yield keys.in_round(code, keys.LOOSE), Interval(0, loose)
        for side in kind.sides().values():
            yield keys.in_round(code, side.name), Interval(0, hundredths(side.cap))
        if scheme.ballot is not None:
            key = keys.in_round(code, scheme.ballot.name)
            worth = [int(o.value * 100) for o in scheme.ballot.options if o.value is not None]
            yield (
                keys.total(key),
                Interval(
                    sum(min(0, w) for w in worth) * limits.ballots,
                    sum(max(0, w) for w in worth) * limits.ballots,
                ),
            )
            yield keys.count(key), Interval(0, len(worth) * limits.ballots)
        for fact in scheme.facts_of(kind.name):
            bound = fact_bound(scheme, fact, code)
            yield keys.fact(code, fact.name), bound
            yield keys.fact(code, fact.name + names.BEST), bound
            yield keys.fact(code, fact.name + names.PLACE), Interval(1, MOST_SUBJECTS)


def fact_bound(scheme: Scheme, fact: Fact, round_code: str | None) -> Interval:
    """The bound of a fact (hundredths) in a round, or in the year."""
    recorded = fact if fact.of is None else next(f for f in scheme.facts if f.code == fact.of)
    one = Interval(0, hundredths(recorded.maximum))
    if fact.each is not None:
        source = {names.VALUE: one}
        for attribute in scheme.attributes:
            if attribute.type == "number":
                limit = scheme.limits.number * 100
                source[normalize("NFKC", attribute.name)] = Interval(-limit, limit)
        evaluator = period_evaluator(IntervalCarrier(), _Known(source))
        one = evaluator.rounded(evaluator.number(fact.each.node), 2, "half_up")
    if fact.aggregate != "sum":
        return one
    per_year = {"month": scheme.year.months, "quarter": -(-scheme.year.months // 3)}
    times = per_year.get(recorded.per, 1)
    # In the year's total a row without a period may come once a round, and once for the year.
    times += len(scheme.rounds) if round_code is None else 1
    return IntervalCarrier().times(one, Interval(1, times))


def period_evaluator(
    carrier: IntervalCarrier, source: _Known
) -> Evaluator[Interval, Unknown, Unknown]:
    """For ``each``: names are 值 and attributes."""

    def name(text: str) -> Ratio[Interval] | Flag[Unknown]:
        found = source.found.get(text)
        return Flag(UNKNOWN) if found is None else in_hundredths(found)

    def none(*_: str) -> Ratio[Interval]:
        raise AssertionError("`each` has no members and no indicators")

    return Evaluator(carrier, Environment(name, none, none))
