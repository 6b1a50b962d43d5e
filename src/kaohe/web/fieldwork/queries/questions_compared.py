"""Two journals of a question side by side, with what both have marked in each."""

from __future__ import annotations

from dataclasses import dataclass

from kaohe.web.common.actor import Actor
from kaohe.web.fieldwork.models import Journal, Question
from kaohe.web.fieldwork.queries.anomalies.passages import Passage, passages
from kaohe.web.fieldwork.queries.anomalies.sketches import text_of
from kaohe.web.fieldwork.queries.reach import journals_in


@dataclass(frozen=True)
class Pair:
    """Two journals as a line; None for one that the reader may not see."""

    number: int
    percent: int
    later: Journal | None
    earlier: Journal | None


@dataclass(frozen=True)
class Side:
    """One of two journals with its passages; none of a text that the reader may not see."""

    journal: Journal | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Compared:
    """All pairs of a question, and one of them side by side, the later journal first."""

    pairs: tuple[Pair, ...]
    shown: Pair
    later: Side
    earlier: Side


def compared(question: Question, number: int, actor: Actor) -> Compared | None:
    """The pairs of a question about journals, that of the number side by side, else the first.

    None for any other question. Marks are in each text that the reader may see, also where the
    other one is hidden.
    """
    keys = {pk for later, earlier, _ in question.pairs for pk in (later, earlier)}
    rows = Journal.objects.filter(county_id=question.county_id, pk__in=keys)
    known = {row.pk: row for row in rows.select_related("person", "posting__village__township")}
    seen = _seen(keys, actor)
    pairs = tuple(
        Pair(place, percent, _if_seen(known[later], seen), _if_seen(known[earlier], seen))
        for place, (later, earlier, percent) in enumerate(question.pairs, start=1)
        if later in known and earlier in known
    )
    if not pairs:
        return None
    shown = next((one for one in pairs if one.number == number), pairs[0])
    later, earlier, _ = question.pairs[shown.number - 1]
    return Compared(
        pairs,
        shown,
        later=_side(known[later], known[earlier], seen),
        earlier=_side(known[earlier], known[later], seen),
    )


def _if_seen(journal: Journal, seen: frozenset[int]) -> Journal | None:
    return journal if journal.pk in seen else None


def _side(one: Journal, other: Journal, seen: frozenset[int]) -> Side:
    if one.pk not in seen:
        return Side(None, ())
    return Side(one, tuple(passages(text_of(one), text_of(other))))


def _seen(keys: set[int], actor: Actor) -> frozenset[int]:
    """Those of the journals that the actor may read."""
    if not actor.may("journal.view"):
        return frozenset()
    rows = journals_in(actor.reach("journal.view")).filter(pk__in=keys)
    return frozenset(rows.values_list("pk", flat=True))
