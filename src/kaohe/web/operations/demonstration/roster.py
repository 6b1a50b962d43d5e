"""The made-up roster as rows, stored in a few audited actions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from django.db import models

from kaohe.demo import DemoCounty
from kaohe.demo import Posting as MadePosting
from kaohe.web.common.actor import Actor
from kaohe.web.common.writing import writing
from kaohe.web.roster.models import (
    County,
    Person,
    Post,
    Posting,
    Team,
    TeamMember,
    Unit,
    Village,
)

Row = TypeVar("Row", bound=models.Model)


class Roster:
    """Stores a made-up county's rows and keeps them by their codes."""

    def __init__(self, made: DemoCounty, county: County, actor: Actor) -> None:
        self.made, self.county, self.actor = made, county, actor
        self.units: dict[str, Unit] = {}
        self.villages: dict[str, Village] = {}
        self.people: dict[str, Person] = {}
        self.teams: dict[str, Team] = {}
        # In the order of the made county's list.
        self.postings: list[Posting] = []

    def store_units(self) -> None:
        townships = [
            Unit(
                county=self.county,
                kind=Unit.Kind.TOWNSHIP,
                code=one.code,
                name=one.name,
                outline=[list(point) for point in one.outline],
            )
            for one in self.made.townships
        ]
        departments = [
            Unit(county=self.county, kind=Unit.Kind.DEPARTMENT, code=one.code, name=one.name)
            for one in self.made.departments
        ]
        self._store("unit.change", [*townships, *departments])
        self.units = {unit.code: unit for unit in [*townships, *departments]}

    def store_villages(self) -> None:
        rows = [
            Village(
                county=self.county,
                township=self.units[one.township],
                code=one.code,
                name=one.name,
                poor=one.poor,
                exit_year=one.exit_year,
                longitude=Decimal(str(one.location[0])),
                latitude=Decimal(str(one.location[1])),
            )
            for one in self.made.villages
        ]
        self._store("village.change", rows)
        self.villages = {village.code: village for village in rows}

    def store_people(self) -> None:
        rows = [
            Person(
                county=self.county,
                code=one.code,
                name=one.name,
                unit=self.units[one.unit],
                id_number=one.id_number,
                phone=one.phone,
            )
            for one in self.made.persons
        ]
        self._store("person.change", rows)
        self.people = {person.code: person for person in rows}
        posts = [
            Post(
                person=self.people[one.person],
                unit=self.units[one.unit],
                title=one.title,
                duty=one.duty.value,
                start=one.start,
                end=one.end,
            )
            for one in self.made.posts
        ]
        self._store("post.change", posts)

    def store_teams(self) -> None:
        rows = [Team(county=self.county, code=one.code, name=one.name) for one in self.made.teams]
        self._store("team.change", rows)
        self.teams = {team.code: team for team in rows}
        members = [
            TeamMember(
                team=self.teams[one.team],
                person=self.people[one.person],
                leader=one.leader,
                start=one.start,
                end=one.end,
            )
            for one in self.made.members
        ]
        self._store("team.change", members)

    def store_postings(self) -> None:
        """Kind by kind, since each kind is another office's right; who came instead comes after."""
        stored: dict[MadePosting, Posting] = {}
        for kind, same in groupby(self.made.postings, key=lambda one: one.kind):
            action = f"posting.{kind.value}"
            made = list(same)
            first = [(one, self._posting(one)) for one in made if one.replaced is None]
            self._store(action, [posting for _, posting in first])
            served = {(one.subject, one.village): posting for one, posting in first}
            later: list[tuple[MadePosting, Posting]] = []
            for one in made:
                if one.replaced is not None:
                    posting = self._posting(one)
                    posting.replaces = served[one.replaced, one.village]
                    later.append((one, posting))
            self._store(action, [posting for _, posting in later])
            stored.update([*first, *later])
        self.postings = [stored[one] for one in self.made.postings]

    def _posting(self, one: MadePosting) -> Posting:
        return Posting(
            county=self.county,
            kind=one.kind.value,
            person=self.people.get(one.subject),
            team=self.teams.get(one.subject),
            department=self.units[one.department] if one.department else None,
            village=self.villages[one.village],
            start=one.start,
            end=one.end,
        )

    def _store(self, action: str, rows: Sequence[Row]) -> None:
        for row in rows:
            # Whether the rows exist that it points to need not be asked of the database.
            row.clean_fields(exclude=[one.name for one in row._meta.fields if one.is_relation])
        with writing(self.actor, action) as change:
            change.create_many(rows)
