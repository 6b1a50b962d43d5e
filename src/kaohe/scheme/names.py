"""Which names a formula may use, and where: the one place that says so.

A formula is read in one of four scopes: of a round, of the year, of a subject's attributes
alone (``applies``), or of one period of a recorded fact (``each``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import normalize

from kaohe.scheme.formula import Node, Scope, Type
from kaohe.scheme.formula import indicators as indicators_in
from kaohe.scheme.formula import names as names_in
from kaohe.scheme.model import Fact, Indicator, Item, Kind, Measure, RankRule, Scheme

TREE = "指标得分"
ROUND = "轮次"
MONTHS = "月数"
VALUE = "值"
PLACE = "名次"
BEST = "最高"

Names = Iterable[tuple[str, Type]]


def _dictionary(names: Names) -> dict[str, Type]:
    return {normalize("NFKC", name): type_ for name, type_ in names}


def measures(kind: Kind) -> Iterator[tuple[Indicator | Item, Measure]]:
    """Every measured indicator and item of a kind with its rule."""
    for leaf in kind.leaves():
        if leaf.measure is not None:
            yield leaf, leaf.measure
    for side in kind.sides().values():
        for item in side.items:
            if item.measure is not None:
                yield item, item.measure


def ranked_facts(kind: Kind) -> dict[str, RankRule]:
    """Facts by whose rank or best value some indicator is measured; the rule gives the classes."""
    rules = (measure.rule for _, measure in measures(kind))
    return {rule.fact: rule for rule in rules if isinstance(rule, RankRule)}


def attribute_names(scheme: Scheme, kind: Kind) -> Names:
    for attribute in scheme.attributes_of(kind.name):
        if attribute.type != "indicators":
            yield attribute.name, attribute.type


def fact_names(scheme: Scheme, kind: Kind) -> Names:
    for fact in scheme.facts_of(kind.name):
        yield fact.name, "number"


def attribute_scope(scheme: Scheme, kind: Kind) -> Scope:
    """For ``applies.when``: the attributes of the subject."""
    return Scope(_dictionary(attribute_names(scheme, kind)))


def period_scope(scheme: Scheme, fact: Fact) -> Scope:
    """For ``facts[].each``: 值 of the period, and the attributes that all its kinds have."""
    shared: dict[str, Type] = {VALUE: "number"}
    for attribute in scheme.attributes:
        if attribute.type != "indicators" and set(fact.kinds) <= set(attribute.kinds):
            shared[attribute.name] = attribute.type
    return Scope(_dictionary(shared.items()))


def measure_scope(scheme: Scheme, kind: Kind) -> Scope:
    """For measured rules: facts of the round, attributes, which round it is."""
    return Scope(_dictionary(_measure_names(scheme, kind)))


def _measure_names(scheme: Scheme, kind: Kind) -> Names:
    yield from attribute_names(scheme, kind)
    yield from _round_names(scheme, kind)


def _round_names(scheme: Scheme, kind: Kind) -> Names:
    yield from fact_names(scheme, kind)
    for fact in ranked_facts(kind):
        yield fact + PLACE, "number"
        yield fact + BEST, "number"
    yield ROUND, "text"
    yield MONTHS, "number"


def round_scope(scheme: Scheme, kind: Kind) -> Scope:
    """For results with ``each_round``: the round's points, events, ballots and facts."""
    names: list[tuple[str, Type]] = [*_measure_names(scheme, kind), (TREE, "number")]
    names += ((side.name, "number") for side in kind.sides().values())
    if scheme.ballot is not None and scheme.rated(kind.name):
        names.append((scheme.ballot.name, "number"))
    names += ((result.name, "number") for result in kind.results if result.each_round)
    return Scope(_dictionary(names), indicators=frozenset(node.code for node in kind.nodes()))


def spoken_in_round(scheme: Scheme, kind: Kind) -> Iterator[str]:
    """Everything that a formula of a round can name, so that no two share a name."""
    yield from (TREE, VALUE)
    yield from (attribute.name for attribute in scheme.attributes_of(kind.name))
    yield from (name for name, _ in _round_names(scheme, kind))
    yield from (side.name for side in kind.sides().values())
    if scheme.ballot is not None and scheme.rated(kind.name):
        yield scheme.ballot.name
    yield from (result.name for result in kind.results if result.each_round)


def scored_rounds(scheme: Scheme, kind: Kind) -> frozenset[str]:
    """Rounds in which some result asks for points: a score sheet is owed then."""
    asked = {normalize("NFKC", name) for name in (TREE, *(s.name for s in kind.sides().values()))}
    return frozenset(
        code
        for code, node in _round_formulas(kind)
        if names_in(node) & asked or indicators_in(node)
    )


def rated_rounds(scheme: Scheme, kind: Kind) -> frozenset[str]:
    """Rounds in which some result asks for the rating ballots: a meeting is owed then."""
    if scheme.ballot is None or not scheme.rated(kind.name):
        return frozenset()
    asked = normalize("NFKC", scheme.ballot.name)
    return frozenset(code for code, node in _round_formulas(kind) if asked in names_in(node))


def _round_formulas(kind: Kind) -> Iterator[tuple[str, Node]]:
    for result in kind.results:
        for code in result.each_round or ():
            yield code, result.formula.node
            for other in result.otherwise:
                yield code, other.formula.node


def year_names(scheme: Scheme, kind: Kind) -> dict[str, Type]:
    """What a subject of the kind has for the whole year."""
    names: list[tuple[str, Type]] = [
        *attribute_names(scheme, kind),
        *fact_names(scheme, kind),
    ]
    for result in kind.results:
        names += ((name, "number") for name in result.names().values())
    names += ((rank.name, "number") for rank in kind.ranks)
    names += ((part.name, "text") for part in (kind.grade, kind.award) if part is not None)
    names += ((d.name, "flag") for d in scheme.determinations_of(kind.name))
    return _dictionary(names)


def year_scope(scheme: Scheme, kind: Kind) -> Scope:
    """For yearly results, ranks, grades and consequences; linked kinds through members."""
    members: dict[tuple[str, str], Type] = {}
    for other in scheme.kinds:
        if scheme.link(other.name, kind.name) is not None:
            for result in other.results:
                for name in result.names().values():
                    members[normalize("NFKC", other.name), normalize("NFKC", name)] = "number"
    return Scope(year_names(scheme, kind), members)
