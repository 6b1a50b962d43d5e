"""What each name of a formula stands for, over any carrier: columns or intervals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Generic, Protocol, TypeVar
from unicodedata import normalize

from kaohe.scheme import keys, names
from kaohe.scheme.exact import (
    Carrier,
    Environment,
    Evaluator,
    F,
    Flag,
    I,
    Ratio,
    S,
    Words,
    in_hundredths,
)
from kaohe.scheme.formula import indicators
from kaohe.scheme.model import Indicator, Kind, Round, Scheme

I_co = TypeVar("I_co", covariant=True)
F_co = TypeVar("F_co", covariant=True)
S_co = TypeVar("S_co", covariant=True)


class Source(Protocol[I_co, F_co, S_co]):
    """Looks a stored value up by its key (:mod:`kaohe.scheme.keys`)."""

    def integer(self, key: str) -> I_co: ...
    def flag(self, key: str) -> F_co: ...
    def text(self, key: str) -> S_co: ...


class Values(Generic[I, F, S]):
    """The values of the subjects of one kind."""

    def __init__(
        self, scheme: Scheme, kind: Kind, carrier: Carrier[I, F, S], source: Source[I, F, S]
    ) -> None:
        self.scheme = scheme
        self.kind = kind
        self.carrier = carrier
        self.source = source

    def of_round(self, round_: Round) -> Evaluator[I, F, S]:
        """For formulas that speak of one round."""
        code = round_.code
        known: dict[str, Callable[[], Ratio[I] | Flag[F] | Words[S]]] = {
            names.TREE: lambda: self.tree(code),
            names.ROUND: lambda: Words(self.carrier.text(code)),
            names.MONTHS: lambda: Ratio(Fraction(round_.period.months)),
        }
        for side in self.kind.sides().values():
            known[side.name] = self._stored(keys.in_round(code, side.name))
        if self.scheme.ballot is not None and self.scheme.rated(self.kind.name):
            known[self.scheme.ballot.name] = lambda: self._ballots(code)
        for result in self.kind.results:
            if result.each_round and code in result.each_round:
                known[result.name] = self._stored(result.each_round[code])
        for fact in self.scheme.facts_of(self.kind.name):
            known[fact.name] = self._stored(keys.fact(code, fact.name))
        for fact_name in names.ranked_facts(self.kind):
            place = fact_name + names.PLACE
            known[place] = self._whole(keys.fact(code, place))
            best = fact_name + names.BEST
            known[best] = self._stored(keys.fact(code, best))
        return self._evaluator(known, code)

    def of_year(self) -> Evaluator[I, F, S]:
        """For formulas that speak of the year."""
        known: dict[str, Callable[[], Ratio[I] | Flag[F] | Words[S]]] = {}
        for result in self.kind.results:
            for name in result.names().values():
                known[name] = self._stored(name)
        for rank in self.kind.ranks:
            known[rank.name] = self._whole(rank.name)
        for part in (self.kind.grade, self.kind.award):
            if part is not None:
                known[part.name] = self._words(part.name)
        for determination in self.scheme.determinations_of(self.kind.name):
            known[determination.name] = self._flag(keys.determination(determination.name))
        for fact in self.scheme.facts_of(self.kind.name):
            known[fact.name] = self._stored(keys.fact(keys.YEAR, fact.name))
        return self._evaluator(known, None)

    def of(self, round_code: str | None) -> Evaluator[I, F, S]:
        """For formulas that speak of this round, or of the year where it is None."""
        if round_code is None:
            return self.of_year()
        return self.of_round(self.scheme.round(round_code))

    def of_attributes(self) -> Evaluator[I, F, S]:
        """For conditions on the subject alone."""
        return self._evaluator({}, None)

    def tree(self, round_code: str) -> Ratio[I]:
        """指标得分: the sum of the tree, scaled groups included (exact, 分)."""
        parts = [self.group(round_code, top) for top in self.kind.indicators if top.children]
        if keys.LOOSE in keys.summed(self.kind):
            parts.append(in_hundredths(self._integer(round_code, keys.LOOSE)))
        return parts[0] if len(parts) == 1 else self.of_attributes().sum(parts)

    def group(self, round_code: str, top: Indicator) -> Ratio[I]:
        """A top group's points; those of a scaled group are stored as a fraction (exact, 分)."""
        if top.scaling is None:
            return in_hundredths(self._integer(round_code, top.code))
        key = keys.in_round(round_code, top.code)
        n = self.source.integer(keys.numerator(key))
        return Ratio(Fraction(1), n, self.source.integer(keys.denominator(key)))

    def scaled_group(self, round_code: str, top: Indicator) -> Ratio[I]:
        """A group's points, scaled where only some of its indicators apply, or none (exact, 分)."""
        assert top.scaling is not None
        points = self._integer(round_code, top.code)
        other = next(n for n in self.kind.indicators if n.code == top.scaling.none_takes)
        key = keys.in_round(round_code, top.code)
        full = self.source.integer(keys.full(key))
        some = self.carrier.compare(">", full, self.carrier.constant(0))
        part = Ratio(Fraction(top.points), points, self.carrier.positive(full))
        folded = Fraction(top.points) / Fraction(other.points) / 100
        rest = Ratio(folded, self._integer(round_code, other.code))
        return self.of_attributes().either_ratio(some, part, rest)

    def _integer(self, round_code: str, code: str) -> I:
        return self.source.integer(keys.in_round(round_code, code))

    def _indicator(self, round_code: str, code: str) -> Ratio[I]:
        for top in self.kind.indicators:
            for node in top.walk():
                if node.code != code:
                    continue
                if node is top and top.children:
                    return self.group(round_code, top)
                leaves = [in_hundredths(self._integer(round_code, x.code)) for x in node.leaves()]
                return leaves[0] if len(leaves) == 1 else self.of_attributes().sum(leaves)
        raise KeyError(code)

    def _ballots(self, round_code: str) -> Ratio[I]:
        assert self.scheme.ballot is not None
        key = keys.in_round(round_code, self.scheme.ballot.name)
        counted = self.source.integer(keys.count(key))
        return Ratio(
            Fraction(1, 100), self.source.integer(keys.total(key)), self.carrier.positive(counted)
        )

    def _member(self, function: str, kind: str, name: str) -> Ratio[I]:
        key = keys.member(kind, name)
        match function:
            case "计数":
                return Ratio(Fraction(1), self.source.integer(keys.count(key)))
            case "平均":
                counted = self.carrier.positive(self.source.integer(keys.count(key)))
                return Ratio(Fraction(1, 100), self.source.integer(keys.total(key)), counted)
            case "求和":
                return in_hundredths(self.source.integer(keys.total(key)))
            case _:
                return in_hundredths(self.source.integer(keys.extreme(key, function)))

    def _stored(self, key: str) -> Callable[[], Ratio[I]]:
        return lambda: in_hundredths(self.source.integer(key))

    def _whole(self, key: str) -> Callable[[], Ratio[I]]:
        return lambda: Ratio(Fraction(1), self.source.integer(key))

    def _words(self, key: str) -> Callable[[], Words[S]]:
        return lambda: Words(self.source.text(key))

    def _flag(self, key: str) -> Callable[[], Flag[F]]:
        return lambda: Flag(self.source.flag(key))

    def _evaluator(
        self,
        known: dict[str, Callable[[], Ratio[I] | Flag[F] | Words[S]]],
        round_code: str | None,
    ) -> Evaluator[I, F, S]:
        table = dict(known)
        for attribute in self.scheme.attributes_of(self.kind.name):
            match attribute.type:
                case "text":
                    table[attribute.name] = self._words(attribute.code)
                case "flag":
                    table[attribute.name] = self._flag(attribute.code)
                case "number":
                    table[attribute.name] = self._stored(attribute.code)
        spelt = {normalize("NFKC", name): value for name, value in table.items()}

        def indicator(code: str) -> Ratio[I]:
            assert round_code is not None
            return self._indicator(round_code, code)

        return Evaluator(
            self.carrier, Environment(lambda name: spelt[name](), self._member, indicator)
        )


def referenced_leaves(kind: Kind) -> frozenset[str]:
    """Leaves that some formula names one by one, so that they need a column of their own."""
    used: set[str] = set()
    for result in kind.results:
        for formula in (result.formula, *(a.formula for a in result.otherwise)):
            used |= indicators(formula.node)
    tops = {top.code for top in kind.indicators if top.children}
    return frozenset(
        leaf.code
        for node in kind.nodes()
        if node.code in used and node.code not in tops
        for leaf in node.leaves()
    )
