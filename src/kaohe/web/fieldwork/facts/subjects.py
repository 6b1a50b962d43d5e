"""Who is assessed in a year: units, and whoever was posted, each under the id that inputs use."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Person, Posting, Team, Unit, WorkYear
from kaohe.web.roster.queries.reach import postings_in
from kaohe.web.roster.queries.years import postings_of_year

Key = tuple[str, int]  # a kind as the scheme names it, and the key of its unit, person or team


@dataclass(frozen=True)
class Subject:
    """One that the scheme assesses. A person or team is one subject, however often it was posted.

    subject_id is its name in the engine's tables; postings are those of the year, the first first.
    """

    kind: str
    row: Unit | Person | Team
    subject_id: str
    postings: tuple[Posting, ...] = field(default=(), compare=False)

    @property
    def key(self) -> Key:
        return self.kind, self.row.pk

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def place(self) -> str:
        """Where the latest posting is; empty for a unit."""
        if not self.postings:
            return ""
        village = self.postings[-1].village
        return f"{village.township}{village}"

    @property
    def townships(self) -> frozenset[int]:
        """The townships that it serves in, or is."""
        if isinstance(self.row, Unit):
            return frozenset([self.row.pk])
        return frozenset(posting.village.township_id for posting in self.postings)

    def serves(self, day: date) -> bool:
        """Whether it is there on a day: a unit until it is dissolved, others while posted."""
        return self.serves_between(day, day)

    def serves_between(self, first: date, last: date) -> bool:
        """Whether it is there on at least a day from the first to the last."""
        if isinstance(self.row, Unit):
            return self.row.ended is None or self.row.ended >= first
        return any(
            posting.start <= last and (posting.end is None or posting.end >= first)
            for posting in self.postings
        )


def subjects_of(year: WorkYear) -> list[Subject]:
    """All subjects of the county in the year, in the order of the scheme's kinds and of codes."""
    rows = [*_units(year), *_posted(year)]
    ids = _ids(year, rows)
    kinds = {kind.name: place for place, kind in enumerate(year.scheme.kinds)}
    found = [
        Subject(kind, row, ids[kind, row.pk], postings)
        for kind, row, postings in rows
        if kind in kinds
    ]
    return sorted(found, key=lambda one: (kinds[one.kind], one.row.code))


def within(reach: Reach, year: WorkYear, subjects: Iterable[Subject]) -> list[Subject]:
    """Those of the subjects that are within reach: one posting that is makes its subject so."""
    if reach.whole:
        return list(subjects)
    own = set(postings_in(reach).values_list("pk", flat=True))
    return [
        one
        for one in subjects
        if (isinstance(one.row, Unit) and one.row.pk in reach.units)
        or any(posting.pk in own for posting in one.postings)
    ]


_Row = tuple[str, Unit | Person | Team, tuple[Posting, ...]]


def _units(year: WorkYear) -> list[_Row]:
    """Units that were not dissolved before the year."""
    rows = Unit.objects.filter(county_id=year.county_id)
    rows = rows.exclude(ended__lt=date(year.year, 1, 1))
    return [(unit.get_kind_display(), unit, ()) for unit in rows]


def _posted(year: WorkYear) -> list[_Row]:
    rows = (
        postings_of_year(year)
        .select_related("person", "team", "department", "village__township")
        .order_by("start", "pk")
    )
    found: dict[Key, list[Posting]] = defaultdict(list)
    for posting in rows:
        found[posting.get_kind_display(), posting.subject.pk].append(posting)
    return [(kind, own[0].subject, tuple(own)) for (kind, _), own in found.items()]


def _ids(year: WorkYear, rows: Sequence[_Row]) -> dict[Key, str]:
    """Each subject's id: its code in the roster; with its kind's before it where two share one.

    Units, persons and teams have codes of their own, and somebody may serve as two kinds.
    """
    kinds = {kind.name: kind.code for kind in year.scheme.kinds}
    taken = Counter(row.code for _, row, _ in rows)
    return {
        (kind, row.pk): row.code if taken[row.code] == 1 else f"{kinds.get(kind, kind)}-{row.code}"
        for kind, row, _ in rows
    }
