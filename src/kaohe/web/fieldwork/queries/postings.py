"""Who serves where on which days: persons by their postings, and team members by their team's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.roster.models import Person, Posting, TeamMember
from kaohe.web.roster.queries.reach import postings_in
from kaohe.web.roster.queries.spans import overlapping

_END = date.max


@dataclass(frozen=True)
class Service:
    """A person's days in one posting, as spans of first and last day, inside the time asked for.

    whole says whether the person served on each day of that time on which the posting lasted.
    """

    posting: Posting
    person: Person
    spans: tuple[tuple[date, date], ...]
    whole: bool

    @property
    def key(self) -> tuple[int, int]:
        return self.posting.pk, self.person.pk

    def serves(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.spans)


def services(postings: Iterable[Posting], first: date, last: date) -> list[Service]:
    """Everybody who served in the postings from the first day to the last, with the days.

    The postings need their person, team and village; those of a team are followed by its members.
    """
    rows = [one for one in postings if _met(one.start, one.end, first, last)]
    members = _members([one.team_id for one in rows if one.team_id is not None], first, last)
    found = []
    for posting in rows:
        span = max(posting.start, first), min(posting.end or _END, last)
        if posting.person is not None:
            found.append(Service(posting, posting.person, (span,), whole=True))
        else:
            found.extend(_serving_members(posting, members.get(posting.team_id or 0, []), span))
    return found


def services_in(reach: Reach, first: date, last: date, **conditions: object) -> list[Service]:
    """Services within reach, in the order of township, village and kind.

    Who reaches only themselves does not reach their team's other members.
    """
    rows = (
        postings_in(reach)
        .filter(overlapping(first, last), **conditions)
        .select_related("person", "team", "department", "village__township")
        .order_by("village__township__code", "village__code", "kind", "pk")
    )
    found = [one for one in services(rows, first, last) if _reached(one, reach)]
    return sorted(found, key=_order)


def own_services(actor: Actor, first: date, last: date) -> list[Service]:
    """The services of the persons whom the account stands for."""
    own = people_of(actor)
    if not own:
        return []
    reach = Reach(county_id=actor.county_id, people=own)
    return services_in(reach, first, last)


def services_of(reach: Reach, person: Person, first: date, last: date) -> list[Service]:
    """The services of one person, those within reach."""
    rows = Posting.objects.filter(Q(person=person) | Q(team__members__person=person))
    found = services_in(reach, first, last, pk__in=rows.values("pk"))
    return [one for one in found if one.person.pk == person.pk]


def service_of(reach: Reach, posting_id: int, person_id: int, day: date) -> Service | None:
    """The service of a person in a posting on a day, within reach; None for any other."""
    found = services_in(reach, day, day, pk=posting_id)
    return next((one for one in found if one.person.pk == person_id), None)


def people_of(actor: Actor) -> frozenset[int]:
    """The persons whom an account stands for: nobody decides about them by that account."""
    return frozenset(grant.person_id for grant in actor.grants if grant.person_id is not None)


def _members(teams: list[int], first: date, last: date) -> dict[int, list[TeamMember]]:
    found: dict[int, list[TeamMember]] = {}
    rows = TeamMember.objects.filter(overlapping(first, last), team__in=set(teams))
    for member in rows.select_related("person").order_by("-leader", "start", "pk"):
        found.setdefault(member.team_id, []).append(member)
    return found


def _serving_members(
    posting: Posting, members: list[TeamMember], span: tuple[date, date]
) -> Iterable[Service]:
    """A member's times in the team, cut to the posting; somebody may have come back to it."""
    times: dict[int, list[tuple[date, date]]] = {}
    people = {}
    for member in members:
        if _met(member.start, member.end, *span):
            cut = max(member.start, span[0]), min(member.end or _END, span[1])
            times.setdefault(member.person_id, []).append(cut)
            people[member.person_id] = member.person
    for pk, spans in times.items():
        spans.sort()
        served = {day for cut in spans for day in range(cut[0].toordinal(), cut[1].toordinal() + 1)}
        whole = len(served) == (span[1] - span[0]).days + 1
        yield Service(posting, people[pk], tuple(spans), whole)


def _met(start: date, end: date | None, first: date, last: date) -> bool:
    return start <= last and (end is None or end >= first)


def _reached(service: Service, reach: Reach) -> bool:
    posting = service.posting
    return (
        reach.whole
        or service.person.pk in reach.people
        or posting.village.township_id in reach.townships
        or (posting.department_id is not None and posting.department_id in reach.units)
    )


_KINDS = {kind: place for place, kind in enumerate(Posting.Kind)}


def _order(service: Service) -> tuple[str, str, int]:
    village = service.posting.village
    return village.township.code, village.code, _KINDS[Posting.Kind(service.posting.kind)]
