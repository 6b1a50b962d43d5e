"""What the year's regulation asks of a sort of records: its measured rules, in words.

Only the words of the rule are shown here. The points come from the engine, never from a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from kaohe.scheme import Scheme
from kaohe.scheme.formula import Call, Name, Node, Number
from kaohe.scheme.model import Fact, Indicator, Item, Kind
from kaohe.scheme.model.measures import (
    CompletionRule,
    FormulaRule,
    LadderRule,
    QuotaRule,
    Rule,
    TableRule,
    ThresholdRule,
)


@dataclass(frozen=True)
class Requirement:
    """One rule, or where there is none a clause, that looks at a sort of records.

    words is what it asks for; empty where only the clause can be cited.
    """

    fact: str
    words: str
    indicator: str
    basis: str
    reading: str
    ladder: LadderRule | None = None

    def next_step(self, total: Decimal) -> Decimal | None:
        """The amount at which the next step of a ladder begins; None at its top, or without one."""
        ladder = self.ladder
        if ladder is None:
            return None
        if total < ladder.start:
            return ladder.start
        begun = (total - ladder.start) // ladder.every
        if ladder.add == 0 or ladder.first + begun * ladder.add >= ladder.most:
            return None
        return ladder.start + (begun + 1) * ladder.every


def requirements(scheme: Scheme, kind_name: str, sort: str) -> list[Requirement]:
    """What the scheme asks of a kind's records of one sort, its measured rules first."""
    kind = next((one for one in scheme.kinds if one.name == kind_name), None)
    counted = {
        fact.code: fact
        for fact in scheme.facts_of(kind_name)
        if fact.source is not None and fact.source.records == sort
    }
    named = {
        fact.name: fact
        for fact in scheme.facts_of(kind_name)
        if fact.code in counted or fact.of in counted
    }
    measured = list(_measured(kind, named)) if kind is not None else []
    cited = {one.fact for one in measured}
    # A fact that only a total derived from it is measured by is spoken of already.
    cited |= {counted[fact.of].name for name, fact in named.items() if fact.of and name in cited}
    return measured + [
        Requirement(fact.name, "", "", fact.basis or "", fact.reading or "")
        for fact in counted.values()
        if fact.name not in cited
    ]


def _measured(kind: Kind, named: Mapping[str, Fact]) -> Iterator[Requirement]:
    parts: list[Indicator | Item] = [*kind.leaves()]
    for side in kind.sides().values():
        parts += side.items
    for part in parts:
        if part.measure is None:
            continue
        measure = part.measure
        for fact, words in _asked(measure.rule, named):
            rule = measure.rule
            yield Requirement(
                fact=fact.name,
                words=words,
                indicator=part.name,
                basis=measure.basis,
                reading=measure.reading or part.reading or "",
                ladder=rule if isinstance(rule, LadderRule) else None,
            )


def _asked(rule: Rule, named: Mapping[str, Fact]) -> Iterator[tuple[Fact, str]]:
    """The facts among `named` that a rule looks at, each with what it asks of it."""
    if isinstance(rule, QuotaRule):
        for part in rule.parts:
            if part.fact in named:
                fact = named[part.fact]
                yield fact, f"满额 {part.quota.text} {fact.unit}，{part.points.text} 分"
    elif isinstance(rule, FormulaRule):
        for name, most in _capped(rule.formula.node, named):
            yield named[name], f"满额 {_plain(most)}{_unit(named[name])}" if most else ""
    elif rule.fact in named:
        yield named[rule.fact], _words(rule, named[rule.fact])


def _words(rule: Rule, fact: Fact) -> str:
    unit = _unit(fact)
    match rule:
        case CompletionRule():
            return f"应达 {rule.target.text}{unit}"
        case ThresholdRule():
            limit = next(x for x in (rule.at_least, rule.at_most, rule.below) if x is not None)
            word = "不少于" if rule.at_least is not None else "不超过"
            return f"{'低于' if rule.below is not None else word} {_plain(limit)}{unit}"
        case LadderRule():
            return (
                f"达到 {_plain(rule.start)}{unit}加 {_plain(rule.first)} 分，"
                f"每增加 {_plain(rule.every)}{unit}递加 {_plain(rule.add)} 分，"
                f"最高 {_plain(rule.most)} 分"
            )
        case TableRule():
            steps = (f"{_plain(row.at_least)}{unit} {_plain(row.points)} 分" for row in rule.rows)
            return f"达到 {'，'.join(steps)}"
    return ""


def _capped(node: Node, named: Mapping[str, Fact]) -> Iterator[tuple[str, Decimal | None]]:
    """The named facts in a formula, in its order, each with the number by which 最小 caps it."""
    caps: dict[str, Decimal | None] = {}
    for part in _parts(node):
        if isinstance(part, Name) and part.name in named:
            caps.setdefault(part.name, None)
        elif isinstance(part, Call) and part.function == "最小":
            names = [one.name for one in part.arguments if isinstance(one, Name)]
            numbers = [one.value for one in part.arguments if isinstance(one, Number)]
            if len(names) == len(numbers) == 1 and names[0] in named:
                caps[names[0]] = Decimal(numbers[0].numerator) / numbers[0].denominator
    yield from caps.items()


def _parts(node: Node) -> Iterator[Node]:
    yield node
    for field in fields(node):
        value = getattr(node, field.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Node):
                yield from _parts(child)


def _unit(fact: Fact) -> str:
    return fact.unit if fact.unit == "%" else f" {fact.unit}" if fact.unit else ""


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
