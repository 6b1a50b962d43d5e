"""The made-up year's daily work as rows: loaded a score of villages at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain, islice
from typing import Protocol

from kaohe.demo.year import Inspected, VillageYear, demo_year
from kaohe.demo.year.model import Journal as MadeJournal
from kaohe.demo.year.model import SignIn as MadeSignIn
from kaohe.web.common.fields import blind_index
from kaohe.web.common.writing import Change, writing
from kaohe.web.fieldwork.models import (
    BookEntry,
    Evidence,
    Journal,
    Leave,
    MonthlyReport,
    Settlement,
    SignIn,
)
from kaohe.web.fieldwork.queries.evidence import metres_between
from kaohe.web.fieldwork.queries.reports import due_day
from kaohe.web.operations.demonstration.inspections import Inspections
from kaohe.web.operations.demonstration.part import Part
from kaohe.web.operations.demonstration.roster import Roster

# Villages in one action of each sort: so progress is seen, and not all of it is held at once.
AT_ONCE = 15
_WHOSE = ["county_id", "posting_id", "person_id"]
Told = Callable[[float], None]


class _Served(Protocol):
    """What every made row of somebody's service says."""

    @property
    def posting(self) -> int: ...

    @property
    def person(self) -> str: ...


class DailyWork(Part):
    """Loads what was written in the villages, with the inspections of those who serve there."""

    def __init__(self, roster: Roster, counts: Counter[str], inspections: Inspections) -> None:
        super().__init__(roster, counts)
        self._inspections = inspections
        self._people = {code: person.pk for code, person in roster.people.items()}
        self._places = {
            code: (float(village.longitude or 0), float(village.latitude or 0))
            for code, village in roster.villages.items()
        }
        self._due = cache(lambda month: due_day(self.county_id, month))
        self._device = cache(lambda device: blind_index(device) or "")

    def villages(self, inspected: Inspected, told: Told) -> None:
        """Load all villages; `told` is called with the share that is done."""
        years, done = demo_year(self.roster.made, inspected=inspected), 0
        while some := list(islice(years, AT_ONCE)):
            self._load(some)
            done += len(some)
            told(done / len(self.roster.villages))

    def _load(self, years: Sequence[VillageYear]) -> None:
        self._leaves(years)
        self._sign_ins(years)
        columns = [*_WHOSE, "day", "present"]
        with writing(self.actor, "attendance.book") as change:
            marks = chain.from_iterable(year.book for year in years)
            rows = [(*self._whose(one), one.day, one.present) for one in marks]
            self.load(change, BookEntry, columns, rows)
        with writing(self.actor, "attendance.settle") as change:
            columns += ["reason", "settled_by"]
            settled = [
                (*self._whose(one), one.day, one.present, one.reason, self._township(year))
                for year in years
                for one in year.settlements
            ]
            self.load(change, Settlement, columns, settled)
        self._journals(list(chain.from_iterable(year.journals for year in years)))
        self._reports(years)
        self._inspections.visits([one for year in years for one in year.visits])

    def _leaves(self, years: Sequence[VillageYear]) -> None:
        columns = [*_WHOSE, "kind", "first", "last", "reason", "state", "decided_by"]
        columns += ["decided_at", "decision_note", "returned_on"]
        rows = [
            (
                *self._whose(one),
                one.kind,
                one.first,
                one.last,
                one.reason,
                one.state,
                self._township(year) if one.decided else "",
                one.decided,
                one.note,
                one.returned,
            )
            for year in years
            for one in year.leaves
        ]
        with writing(self.actor, "leave.apply") as change:
            self.load(change, Leave, columns, rows)

    def _sign_ins(self, years: Sequence[VillageYear]) -> None:
        columns = [*_WHOSE, "day", "received_at", "claimed_at", "late_reason", "longitude"]
        columns += ["latitude", "accuracy", "distance", "device", "photo_id"]
        with writing(self.actor, "attendance.sign_in") as change:
            rows = [
                self._sign_in(change, year.village, one) for year in years for one in year.sign_ins
            ]
            self.load(change, SignIn, columns, rows)

    def _sign_in(self, change: Change, village: str, one: MadeSignIn) -> tuple[object, ...]:
        longitude = latitude = distance = None
        if one.place is not None:
            longitude, latitude = (Decimal(f"{degrees:.6f}") for degrees in one.place)
            distance = round(metres_between(one.place, self._places[village]))
        photo = self._photo(change, one, one.photo).pk if one.photo else None
        return (
            *self._whose(one),
            one.day,
            one.received,
            one.claimed,
            one.late_reason,
            longitude,
            latitude,
            one.accuracy,
            distance,
            self._device(one.device),
            photo,
        )

    def _journals(self, journals: Sequence[MadeJournal]) -> None:
        columns = [*_WHOSE, "day", "received_at", "items", "measures", "results", "comments"]
        with writing(self.actor, "journal.write") as change:
            rows = [
                (
                    *self._whose(one),
                    one.day,
                    one.received,
                    one.items,
                    one.measures,
                    one.results,
                    one.comments,
                )
                for one in journals
            ]
            keys = self.load(change, Journal, columns, rows)
            written = list(zip(keys, journals, strict=True))
            noted = [(key, self._people[one]) for key, made in written for one in made.noted]
            self.load(change, Journal.noted.through, ["journal_id", "person_id"], noted)
            attached = Journal.evidence.through
            change.create_many(
                [
                    attached(journal_id=key, evidence=self._photo(change, made, name))
                    for key, made in written
                    for name in made.photos
                ]
            )

    def _reports(self, years: Sequence[VillageYear]) -> None:
        columns = [*_WHOSE, "month", "received_at", "due", "progress", "problems", "emergencies"]
        rows = [
            (
                *self._whose(one),
                one.month,
                one.received,
                self._due(one.month),
                one.progress,
                one.problems,
                one.emergencies,
            )
            for year in years
            for one in year.reports
        ]
        with writing(self.actor, "report.write") as change:
            self.load(change, MonthlyReport, columns, rows)

    def _whose(self, one: _Served) -> tuple[int, int, int]:
        """The columns that every record of somebody's service begins with."""
        posting = self.roster.postings[one.posting]
        return self.county_id, posting.pk, self._people[one.person]

    def _township(self, year: VillageYear) -> str:
        return self.roster.villages[year.village].township.name

    def _photo(self, change: Change, one: _Served, name: str) -> Evidence:
        person = self.roster.people[one.person]
        village = self.roster.postings[one.posting].village
        return self.picture(change, name, person=person, village=village)
