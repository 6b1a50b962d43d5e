"""What a village's year consists of. People by their codes, postings by their place in the county.

Times are of the county's clock. Tuples with names, since there are a million of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from kaohe.demo.model import Place
from kaohe.demo.year.county_model import Visit


class Leave(NamedTuple):
    """Kind and state by the codes that the site uses; `returned` is the day of 销假."""

    posting: int
    person: str
    kind: str
    first: date
    last: date
    reason: str
    state: str
    decided: datetime | None
    note: str
    returned: date | None

    @property
    def away(self) -> bool:
        """Whether its days are days away."""
        return self.state in {"approved", "returned"}


class SignIn(NamedTuple):
    """`accuracy` in metres; `outside` says that the place is surely not in the village.

    `device` tells one phone from another; `photo` names a picture, or is empty.
    """

    posting: int
    person: str
    day: date
    received: datetime
    claimed: datetime | None
    late_reason: str
    place: Place | None
    accuracy: int | None
    outside: bool
    device: str
    photo: str


class BookMark(NamedTuple):
    posting: int
    person: str
    day: date
    present: bool


class Journal(NamedTuple):
    """`noted` are the others in the village; `photos` name pictures."""

    posting: int
    person: str
    day: date
    received: datetime
    items: str
    measures: str
    results: str
    comments: str
    noted: tuple[str, ...]
    photos: tuple[str, ...]


class Settlement(NamedTuple):
    posting: int
    person: str
    day: date
    present: bool
    reason: str


class MonthlyReport(NamedTuple):
    """`month` is its first day."""

    posting: int
    person: str
    month: date
    received: datetime
    progress: str
    problems: str
    emergencies: str


@dataclass(slots=True)
class VillageYear:
    """All that was written about a village's people in the year."""

    village: str
    leaves: list[Leave] = field(default_factory=list)
    sign_ins: list[SignIn] = field(default_factory=list)
    book: list[BookMark] = field(default_factory=list)
    journals: list[Journal] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    reports: list[MonthlyReport] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
