"""A made-up county of some size in the tables, for pages that must look like a real one's."""

from __future__ import annotations

from types import SimpleNamespace

from kaohe.demo import SMALL, Scale, demo_county
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import (
    Account,
    County,
    Person,
    Post,
    Posting,
    RoleGrant,
    Team,
    TeamMember,
    Unit,
    UnitAttributes,
    Village,
    VillageCount,
    WorkYear,
)
from kaohe.web.roster.pinyin import initials


def fill(county: County, year: WorkYear, scale: Scale = SMALL) -> SimpleNamespace:
    """Store a demo county's roster; the rows by their codes."""
    made = demo_county(scale=scale)
    county.outline = [list(point) for point in made.county.outline]
    county.save()
    units = {
        row.code: Unit(
            county=county,
            code=row.code,
            name=row.name,
            initials=initials(row.name),
            kind=kind,
            outline=[list(point) for point in getattr(row, "outline", ())],
        )
        for kind, rows in (("township", made.townships), ("department", made.departments))
        for row in rows
    }
    Unit.objects.bulk_create(units.values())
    UnitAttributes.objects.bulk_create(
        UnitAttributes(year=year, unit=units[row.code], values=_given(row.attributes))
        for row in (*made.townships, *made.departments)
    )
    villages = {
        row.code: Village(
            county=county,
            township=units[row.township],
            code=row.code,
            name=row.name,
            initials=initials(row.name),
            poor=row.poor,
            exit_year=row.exit_year,
            longitude=f"{row.location[0]:.6f}",
            latitude=f"{row.location[1]:.6f}",
        )
        for row in made.villages
    }
    Village.objects.bulk_create(villages.values())
    VillageCount.objects.bulk_create(
        VillageCount(
            year=year,
            village=villages[row.code],
            households=row.households,
            people=row.population,
            poor_households=row.poor_households,
            poor_people=row.poor_people,
        )
        for row in made.villages
    )
    people = {
        row.code: Person(
            county=county,
            code=row.code,
            name=row.name,
            initials=initials(row.name),
            unit=units[row.unit],
            phone=row.phone,
        )
        for row in made.persons
    }
    Person.objects.bulk_create(people.values())
    Post.objects.bulk_create(
        Post(
            person=people[row.person],
            unit=units[row.unit],
            title=row.title,
            duty=row.duty.value,
            start=row.start,
            end=row.end,
        )
        for row in made.posts
    )
    teams = {
        row.code: Team(county=county, code=row.code, name=row.name, initials=initials(row.name))
        for row in made.teams
    }
    Team.objects.bulk_create(teams.values())
    TeamMember.objects.bulk_create(
        TeamMember(
            team=teams[row.team],
            person=people[row.person],
            leader=row.leader,
            start=row.start,
            end=row.end,
        )
        for row in made.members
    )
    Posting.objects.bulk_create(
        Posting(
            county=county,
            kind=row.kind.value,
            person=people.get(row.subject),
            team=teams.get(row.subject),
            department=units[row.department] if row.department else None,
            village=villages[row.village],
            start=row.start,
            end=row.end,
        )
        for row in made.postings
    )
    return SimpleNamespace(units=units, villages=villages, people=people, teams=teams, made=made)


def give_account(county: County, role: Role, name: str, **where: object) -> Account:
    """An account with one role, for a unit or a person."""
    account = Account(
        county=county,
        username=f"{county.code}-{role}".lower(),
        name=name,
        person=where.get("person"),
    )
    account.set_password("correct-horse-42")
    account.save()
    RoleGrant.objects.create(account=account, role=role, **where)
    return account


def _given(attributes: object) -> dict[str, object]:
    return {code: value for code, value in dict(attributes).items() if value is not None}
