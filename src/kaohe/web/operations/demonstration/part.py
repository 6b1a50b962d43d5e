"""What the loaders of the year's parts have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import models

from kaohe.web.common.writing import Change
from kaohe.web.fieldwork.actions.evidence import store
from kaohe.web.fieldwork.models import Evidence
from kaohe.web.operations.demonstration.pictures import picture
from kaohe.web.operations.demonstration.roster import Roster
from kaohe.web.roster.models import Person, Unit, Village

# Who receives and decides what the county's units report.
BUREAU = "扶贫移民局"


class Part:
    """Loads rows of the roster's county and counts them by their tables' Chinese names."""

    def __init__(self, roster: Roster, counts: Counter[str]) -> None:
        self.roster, self.actor, self.counts = roster, roster.actor, counts
        self.county_id = roster.actor.county_id

    def load(
        self,
        change: Change,
        model: type[models.Model],
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
    ) -> range:
        """Store rows without an entry each; their keys."""
        self.counts[str(model._meta.verbose_name)] += len(rows)
        return change.load(model, columns, rows)

    def picture(
        self,
        change: Change,
        name: str,
        *,
        person: Person | None = None,
        unit: Unit | None = None,
        village: Village | None = None,
    ) -> Evidence:
        """A drawn picture as evidence, stored as every upload is."""
        self.counts[str(Evidence._meta.verbose_name)] += 1
        return store(change, [picture(name)], person=person, unit=unit, village=village)[0]

    def unit_id(self, code: str | None) -> int | None:
        return None if code is None else self.roster.units[code].pk

    def posting_id(self, number: int | None) -> int | None:
        return None if number is None else self.roster.postings[number].pk

    def subject(self, unit: str | None, posting: int | None) -> str:
        """How a unit, or whoever is posted, is called."""
        if posting is None:
            assert unit is not None, "a record is of a unit or of a posting"
            return self.roster.units[unit].name
        return str(self.roster.postings[posting].subject)
