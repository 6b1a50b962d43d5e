"""Which reported texts are near-copies of which others: for the receiver, who judges it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import InformationItem
from kaohe.web.fieldwork.queries.information import with_reporter
from kaohe.web.fieldwork.queries.likeness import likeness, near
from kaohe.web.fieldwork.queries.reach import information_in

# From how alike on a text is shown as a near-copy, and how far before and after it is looked for.
LEAST = 0.5
SPAN = timedelta(days=366)
# A sketch errs by some hundredths; what it finds is compared exactly.
_BY_SKETCH = LEAST - 0.1


@dataclass(frozen=True)
class Copy:
    """Another text that is nearly the same, how alike (0 to 1), and which came first."""

    other: InformationItem
    likeness: float
    earlier: bool
    same_reporter: bool

    @property
    def percent(self) -> int:
        """Of the runs of either text, how many both have; rounded down, so 100 means all."""
        return int(self.likeness * 100)


def copies_of(reach: Reach, items: Collection[InformationItem]) -> Mapping[int, list[Copy]]:
    """Each item's near-copies among a year's texts before and after it, the most alike first.

    Items without one are left out.
    """
    if not items:
        return {}
    times = [item.reported_at for item in items]
    sketches = _sketches(reach, min(times) - SPAN, max(times) + SPAN)
    asked = {item.pk: item for item in items}
    pairs = near(sketches, asked.keys(), _BY_SKETCH)
    others = _texts(reach, {key for pair in pairs for key in (pair.first, pair.second)})
    found: dict[int, list[Copy]] = defaultdict(list)
    for pair in pairs:
        for own, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if own in asked and (copy := _copy(asked[own], others[other])) is not None:
                found[own].append(copy)
    for copies in found.values():
        copies.sort(key=lambda copy: (-copy.likeness, copy.other.reported_at))
    return found


def copies_of_one(reach: Reach, item: InformationItem) -> list[Copy]:
    """One item's near-copies, the most alike first."""
    return copies_of(reach, [item]).get(item.pk, [])


def _sketches(reach: Reach, first: datetime, last: datetime) -> dict[int, bytes]:
    rows = information_in(reach).filter(reported_at__gte=first, reported_at__lte=last)
    return {key: bytes(one) for key, one in rows.values_list("pk", "sketch")}


def _texts(reach: Reach, keys: Collection[int]) -> dict[int, InformationItem]:
    return with_reporter(information_in(reach).filter(pk__in=keys)).in_bulk()


def _copy(item: InformationItem, other: InformationItem) -> Copy | None:
    alike = likeness(item.text, other.text)
    if alike < LEAST or abs(item.reported_at - other.reported_at) > SPAN:
        return None
    return Copy(
        other,
        alike,
        earlier=(other.reported_at, other.pk) < (item.reported_at, item.pk),
        same_reporter=_whose(item) == _whose(other),
    )


def _whose(item: InformationItem) -> tuple[int | None, int | None, int | None]:
    posting = item.posting
    if posting is None:
        return item.unit_id, None, None
    return None, posting.person_id, posting.team_id
