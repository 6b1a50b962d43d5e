"""What the county has already, by key, so that no row of a workbook asks the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.common.models import Record
from kaohe.web.roster.models import (
    Person,
    Post,
    Posting,
    Team,
    TeamMember,
    Unit,
    UnitAttributes,
    Village,
    VillageCount,
    WorkYear,
)
from kaohe.web.roster.queries.people import posts_in
from kaohe.web.roster.queries.reach import people_in, postings_in, teams_in, units_in, villages_in
from kaohe.web.roster.queries.teams import members_in

Row = TypeVar("Row", bound=Record)
Key = tuple[object, ...]


@dataclass
class Known:
    """The rows of the county; what a workbook adds is added here too.

    Related rows are set as objects. Attributes and counts are found by the code of their subject.
    """

    county_id: int
    year: WorkYear | None
    rows: dict[type[Record], dict[Key, Any]] = field(default_factory=dict)
    attributes: dict[str, UnitAttributes] = field(default_factory=dict)
    counts: dict[str, VillageCount] = field(default_factory=dict)

    def of(self, model: type[Row]) -> Iterator[Row]:
        yield from self.rows[model].values()


def key_of(row: Record) -> Key:
    """What a row is found by: its code, or who serves where since when, by their codes."""
    if isinstance(row, Posting):
        return (row.kind, row.subject.code, row.village.code, row.start)
    if isinstance(row, Post):
        return (row.person.code, row.unit.code, row.duty, row.start)
    if isinstance(row, TeamMember):
        return (row.team.code, row.person.code, row.start)
    assert isinstance(row, (Unit, Village, Person, Team))
    return (row.code,)


def load_known(reach: Reach, year: WorkYear | None, *, lock: bool = False) -> Known:
    """All of the county's roster; locked when it is about to be changed by it."""
    take = _locked if lock else list
    known = Known(reach.county_id, year)
    units = {row.pk: row for row in take(units_in(reach))}
    villages = {row.pk: row for row in take(villages_in(reach))}
    people = {row.pk: row for row in take(people_in(reach))}
    teams = {row.pk: row for row in take(teams_in(reach))}
    for village in villages.values():
        village.township = units[village.township_id]
    for person in people.values():
        person.unit = units[person.unit_id] if person.unit_id is not None else None
    posts = take(posts_in(reach).select_related(None))
    for post in posts:
        post.person, post.unit = people[post.person_id], units[post.unit_id]
    members = take(members_in(reach).select_related(None))
    for member in members:
        member.team, member.person = teams[member.team_id], people[member.person_id]
    postings = {row.pk: row for row in take(postings_in(reach))}
    for posting in postings.values():
        posting.person = people[posting.person_id] if posting.person_id is not None else None
        posting.team = teams[posting.team_id] if posting.team_id is not None else None
        posting.village = villages[posting.village_id]
        department = posting.department_id
        posting.department = units[department] if department is not None else None
        replaced = posting.replaces_id
        posting.replaces = postings[replaced] if replaced is not None else None
    tables: tuple[tuple[type[Record], Any], ...] = (
        (Unit, units.values()),
        (Village, villages.values()),
        (Person, people.values()),
        (Post, posts),
        (Team, teams.values()),
        (TeamMember, members),
        (Posting, postings.values()),
    )
    known.rows = {model: {key_of(row): row for row in rows} for model, rows in tables}
    if year is not None:
        for said in take(UnitAttributes.objects.filter(year=year)):
            said.year, said.unit = year, units[said.unit_id]
            known.attributes[said.unit.code] = said
        for count in take(VillageCount.objects.filter(year=year)):
            count.year, count.village = year, villages[count.village_id]
            known.counts[count.village.code] = count
    return known


def _locked(rows: QuerySet[Row]) -> list[Row]:
    return list(rows.order_by("pk").select_for_update(of=("self",)))
