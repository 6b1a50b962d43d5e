"""Who serves where on which days of the year: persons by postings, members by their team's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kaohe.demo.model import Posting, PostingKind, TeamMember
from kaohe.demo.roster import DemoCounty
from kaohe.demo.year.days import FIRST, LAST


@dataclass(frozen=True, slots=True)
class Service:
    """A person's days in a posting, its number in the county's list, within the year."""

    number: int
    posting: Posting
    person: str
    first: date
    last: date
    leader: bool = False

    @property
    def kind(self) -> PostingKind:
        return self.posting.kind

    def serves(self, day: date) -> bool:
        return self.first <= day <= self.last


def services_by_village(county: DemoCounty) -> dict[str, list[Service]]:
    """All services of the year, the first secretaries' before the others'."""
    members: dict[str, list[TeamMember]] = {}
    for member in county.members:
        members.setdefault(member.team, []).append(member)
    found: dict[str, list[Service]] = {village.code: [] for village in county.villages}
    for number, posting in enumerate(county.postings):
        span = max(posting.start, FIRST), min(posting.end or LAST, LAST)
        here = found[posting.village]
        if posting.kind is not PostingKind.VILLAGE_TEAM:
            if span[0] <= span[1]:
                here.append(Service(number, posting, posting.subject, *span))
            continue
        for member in members[posting.subject]:
            first, last = max(member.start, span[0]), min(member.end or LAST, span[1])
            if first <= last:
                here.append(Service(number, posting, member.person, first, last, member.leader))
    order = list(PostingKind)
    for here in found.values():
        here.sort(key=lambda one: (order.index(one.kind), one.number, one.first, one.person))
    return found
