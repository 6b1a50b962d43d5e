"""What a scheme declares and nothing in it uses."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from kaohe.scheme.formula import Node, members, names
from kaohe.scheme.formula import parse as parse_formula
from kaohe.scheme.model import Kind, RankRule, Scheme
from kaohe.scheme.names import BEST, PLACE, measures
from kaohe.scheme.order import formulas_of, steps_of


def unused(scheme: Scheme) -> Iterator[str]:
    """One Chinese sentence for each part that no formula, rank or rule refers to.

    A fact that is only to be seen beside an indicator is listed too: it moves no number.
    """
    used, linked = _used_names(scheme), _used_links(scheme)
    codes = _used_codes(scheme)
    for attribute in scheme.attributes:
        if normalize("NFKC", attribute.name) not in used and attribute.code not in codes:
            yield f"属性「{attribute.name}」没有被任何公式、排名或适用条件用到"
    derived = {fact.of for fact in scheme.facts if normalize("NFKC", fact.name) in used}
    for fact in scheme.facts:
        if normalize("NFKC", fact.name) not in used and (not fact.code or fact.code not in derived):
            yield f"数据「{fact.name}」不进入任何计算，只供评分时参考"
    for determination in scheme.determinations:
        if normalize("NFKC", determination.name) not in used:
            yield f"认定「{determination.name}」没有被任何公式用到"
    for link in scheme.links:
        for sent in link.kinds:
            if (normalize("NFKC", sent), link.to) not in linked:
                yield f"派驻关系「{link.name}」：「{link.to}」的公式没有用到「{sent}」"
    for kind in scheme.kinds:
        by = {kind.award.by} if kind.award else set()
        for rank in kind.ranks:
            needed = rank.name in by or normalize("NFKC", rank.name) in used
            if rank.column is None and not needed:
                yield f"「{kind.name}」的「{rank.name}」既不公布，也没有被用到"


def _formulas(scheme: Scheme, kind: Kind) -> Iterator[Node]:
    for step in steps_of(kind):
        yield from formulas_of(step.part)
    for node, measure in measures(kind):
        yield parse_formula(measure.rule.formula_text(str(getattr(node, "points", 0))))
    for leaf in kind.leaves():
        if leaf.applies is not None and leaf.applies.when is not None:
            yield leaf.applies.when.node


def _used_names(scheme: Scheme) -> set[str]:
    used: set[str] = set()
    for kind in scheme.kinds:
        for node in _formulas(scheme, kind):
            used |= names(node)
        for _, measure in measures(kind):
            if isinstance(measure.rule, RankRule):
                used.add(normalize("NFKC", measure.rule.fact))
    for fact in scheme.facts:
        if fact.each is not None:
            used |= names(fact.each.node)
    return used | {name.removesuffix(PLACE).removesuffix(BEST) for name in used}


def _used_links(scheme: Scheme) -> set[tuple[str, str]]:
    return {
        (other, kind.name)
        for kind in scheme.kinds
        for node in _formulas(scheme, kind)
        for other, _ in members(node)
    }


def _used_codes(scheme: Scheme) -> set[str]:
    """Attributes that are named by code: in ranks, quotas, rules and lists of indicators."""
    codes: set[str] = set()
    for kind in scheme.kinds:
        for rank in kind.ranks:
            codes |= set(rank.within)
        for quota in kind.grade.quotas if kind.grade else ():
            codes |= set(quota.within)
        for _, measure in measures(kind):
            if isinstance(measure.rule, RankRule):
                codes |= set(measure.rule.within)
        for leaf in kind.leaves():
            if leaf.applies is not None and leaf.applies.listed_in is not None:
                codes.add(leaf.applies.listed_in)
    return codes
