"""What a derivation is about, and what every source needs to know of it, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kaohe.web.fieldwork.facts.periods import Period
from kaohe.web.fieldwork.facts.subjects import Key, Subject
from kaohe.web.fieldwork.queries.counted import Counted
from kaohe.web.roster.models import Posting, Unit, WorkYear

# What a source counts: subject and period (with the month at whose end it was counted) → number.
Counts = dict[tuple[Key, tuple[str, date]], Counted]


@dataclass(frozen=True)
class Asked:
    """The subjects of a kind or several, and the periods of some months, of one year."""

    year: WorkYear
    subjects: Sequence[Subject]
    periods: Sequence[Period]

    @cached_property
    def units(self) -> dict[int, Subject]:
        """Subjects by the key of their unit."""
        return {one.row.pk: one for one in self.subjects if isinstance(one.row, Unit)}

    @cached_property
    def postings(self) -> dict[int, Subject]:
        """Subjects by the keys of their postings."""
        return {posting.pk: one for one in self.subjects for posting in one.postings}

    def owner(self, unit: int | None, posting: int | None) -> Subject | None:
        """Whose a row of that unit or posting is; None for somebody who is not asked about."""
        if unit is not None:
            return self.units.get(unit)
        return self.postings.get(posting or 0)

    @cached_property
    def first(self) -> date:
        return min(one.first for one in self.periods)

    @cached_property
    def last(self) -> date:
        return max(one.last for one in self.periods)


def postings_between(subjects: Sequence[Subject], first: date, last: date) -> list[Posting]:
    """The subjects' postings with a day from the first to the last."""
    return [
        posting
        for one in subjects
        for posting in one.postings
        if posting.start <= last and (posting.end is None or posting.end >= first)
    ]
