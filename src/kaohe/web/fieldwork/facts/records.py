"""Work records of the scheme's kinds: only confirmed ones count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaohe.scheme.model import Source
from kaohe.web.fieldwork.facts.asked import Asked, Counts
from kaohe.web.fieldwork.facts.subjects import Key
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.counted import Counted


@dataclass(frozen=True)
class Done:
    """A confirmed record, as far as counting asks."""

    pk: int
    day: date
    target: str
    quantity: Decimal | None


_Kept = dict[tuple[str, Key], list[Done]]


def records(asked: Asked, source: Source) -> Counts:
    """The records of the source's kind in each period, by its `by`.

    Numbers of rows and sums of nothing are 0, for who was there in the period, and since the county
    has a record of the kind at all; a latest or largest quantity of nothing is no fact.
    """
    codes = [code for code in (source.records, source.among) if code is not None]
    kept = _kept(asked, codes)
    every = WorkRecord.objects.filter(year=asked.year, kind=source.records)
    began = every.order_by("day").values_list("day", flat=True).first()
    found: Counts = {}
    for subject in asked.subjects:
        done = kept.get((str(source.records), subject.key), [])
        register = kept.get((str(source.among), subject.key), [])
        for period in asked.periods:
            here = [one for one in done if period.first <= one.day <= period.last]
            kept_since = began is not None and began <= period.last
            owes = kept_since and subject.serves_between(period.first, period.last)
            known = [one for one in register if one.day <= period.last] if source.among else None
            if (counted := _counted(source.by, here, known, owes=owes)) is not None:
                found[subject.key, period.key] = counted
    return found


def _kept(asked: Asked, codes: Sequence[str]) -> _Kept:
    rows = WorkRecord.objects.filter(
        year=asked.year, kind__in=codes, state=WorkRecord.State.CONFIRMED, day__lte=asked.last
    )
    columns = ("kind", "unit", "posting", "pk", "day", "target", "quantity")
    found: _Kept = defaultdict(list)
    for kind, unit, posting, *rest in rows.order_by("day", "pk").values_list(*columns):
        if (owner := asked.owner(unit, posting)) is not None:
            found[kind, owner.key].append(Done(*rest))
    return found


def _counted(
    by: str, here: Sequence[Done], register: Sequence[Done] | None, *, owes: bool
) -> Counted | None:
    if not here and not owes:
        return None
    if by == "fewest":
        return _fewest(here, register)
    if by in {"latest", "largest"}:
        return _picked(by, here)
    value = len(here) if by == "rows" else sum(one.quantity or 0 for one in here)
    return Counted(Decimal(value), _rows(here))


def _picked(by: str, here: Sequence[Done]) -> Counted | None:
    """The record with the latest or the largest quantity; of equal ones the later."""
    said = [(one.quantity, one) for one in here if one.quantity is not None]
    if not said:
        return None
    quantity, chosen = said[-1]
    if by == "largest":
        quantity, chosen = max(said, key=lambda pair: (pair[0], pair[1].day, pair[1].pk))
    return Counted(quantity, _rows([chosen]))


def _fewest(here: Sequence[Done], register: Sequence[Done] | None) -> Counted | None:
    """How many rows the target has that has least, among those registered, or else those recorded.

    With a register, nobody registered is no fact; without one, nothing recorded is 0.
    """
    numbers = Counter(one.target for one in here)
    targets = set(numbers) if register is None else {one.target for one in register}
    if not targets:
        return Counted(Decimal(0), ()) if register is None else None
    least = min(targets, key=lambda target: (numbers[target], target))
    behind = [one for one in here if one.target == least]
    behind += [one for one in register or () if one.target == least]
    return Counted(Decimal(numbers[least]), _rows(behind))


def _rows(done: Iterable[Done]) -> tuple[tuple[str, int], ...]:
    return tuple(("fieldwork.workrecord", one.pk) for one in done)
