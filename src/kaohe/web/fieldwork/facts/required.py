"""What the year's regulation asks of a fact, and where: the words beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kaohe.scheme import Kind, Scheme
from kaohe.scheme.model import Fact, Indicator, Item
from kaohe.web.fieldwork.queries.records_required import requirements


@dataclass(frozen=True)
class Required:
    """A rule that looks at the fact, or the clause where none does.

    words: what is asked for, short; empty where only the clause can be cited. where: the indicator
    whose points the rule gives.
    """

    words: str
    where: str
    basis: str
    reading: str

    @property
    def sentence(self) -> str:
        """The words with the indicator and the clause: 每月不少于 15 天（二(三)6(2)）."""
        cited = "，".join(part for part in (self.where, self.basis) if part)
        return f"{self.words}（{cited}）" if self.words else f"见{cited}" if cited else ""


def required_of(scheme: Scheme, kind_name: str, fact: Fact) -> list[Required]:
    """What is asked of a kind's fact: the days a month, its measured rules, or its clause alone."""
    kind = next((one for one in scheme.kinds if one.name == kind_name), None)
    found = [*_days(scheme, kind_name, fact)]
    if kind is not None:
        found += _measured(scheme, kind, fact)
    return found or [Required("", "", fact.basis or "", fact.reading or "")]


def least_days(scheme: Scheme, kind_name: str, fact: Fact) -> int | None:
    """The days a month below which a number of days falls short; None for any other fact."""
    if fact.source is None or fact.source.built_in != "days_in_village":
        return None
    return scheme.fieldwork.days_required_of(kind_name)


def _days(scheme: Scheme, kind_name: str, fact: Fact) -> Iterator[Required]:
    least = least_days(scheme, kind_name, fact)
    if least is None:
        return
    said = next(one for one in scheme.fieldwork.required_days if one.kind == kind_name)
    yield Required(f"每月不少于 {least} 天", "", said.basis, said.reading or fact.reading or "")


def _measured(scheme: Scheme, kind: Kind, fact: Fact) -> Iterator[Required]:
    """The measured rules that name the fact, or one that is derived from it."""
    names = {one.name for one in scheme.facts_of(kind.name) if fact.code in (one.code, one.of)}
    words = _words(scheme, kind, fact)
    for part in _parts(kind):
        if part.measure is None:
            continue
        text = part.measure.rule.formula_text("0")
        if any(name in text for name in names):
            yield Required(
                words.get(part.name, ""),
                f"{part.code} {part.name}" if isinstance(part, Indicator) else part.name,
                part.measure.basis,
                part.measure.reading or part.reading or "",
            )


def _words(scheme: Scheme, kind: Kind, fact: Fact) -> dict[str, str]:
    """By the indicator's name, where the fact is counted from work records."""
    if fact.source is None or fact.source.records is None:
        return {}
    asked = requirements(scheme, kind.name, fact.source.records)
    return {one.indicator: one.words for one in asked if one.fact == fact.name and one.words}


def _parts(kind: Kind) -> Iterator[Indicator | Item]:
    yield from kind.leaves()
    for side in kind.sides().values():
        yield from side.items
