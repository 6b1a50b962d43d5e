"""Villages."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.queries.units import villages_without_counts
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("village.count")
def counts_are_missing(asked: Asked) -> Todo | None:
    if asked.year is None:
        return None
    keys = list(villages_without_counts(asked.reach, asked.year).values_list("pk", flat=True))
    if not keys:
        return None
    why = f"{asked.year}的总户数、总人数、贫困户数、贫困人数还没有填。"
    lone = to("roster:village-counts", keys[0])
    url = lone if len(keys) == 1 else to("roster:villages", counted="false")
    return Todo("填报户数人数", len(keys), why, url, measure="个村")


RULES: tuple[Rule, ...] = (counts_are_missing,)
