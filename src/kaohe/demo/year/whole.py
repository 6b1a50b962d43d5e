"""The year of the whole county, a village after the other, so that nobody holds all of it."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.demo.model import PostingKind
from kaohe.demo.roster import DemoCounty
from kaohe.demo.turns import YEAR
from kaohe.demo.year.books import VillageBooks, VillageFacts
from kaohe.demo.year.county_model import CountyYear, Inspected
from kaohe.demo.year.defects import planned_defects
from kaohe.demo.year.information import information_of
from kaohe.demo.year.model import VillageYear
from kaohe.demo.year.projects import exits_of, funds_of, projects_of
from kaohe.demo.year.records import records_of
from kaohe.demo.year.serving import services_by_village
from kaohe.demo.year.visiting import unit_visits


def demo_year(
    county: DemoCounty, seed: int = YEAR, inspected: Inspected | None = None
) -> Iterator[VillageYear]:
    """What was written in each village of the county: the same for a seed on every platform.

    With what the scheme says of inspections, those of the people who serve there too.
    """
    services = services_by_village(county)
    villages = {village.code: village for village in county.villages}
    townships = {township.code: township.name for township in county.townships}
    names = {person.code: person.name for person in county.persons}
    shown = _shown_villages(county)
    planned = planned_defects(county, seed)
    for village in county.villages:
        here = services[village.code]
        facts = VillageFacts(
            village=village,
            township=townships[village.township],
            services=here,
            technicians=[names[one.person] for one in here if one.kind is PostingKind.TECHNICIAN],
            defects=[one for one in planned if one.village == village.code],
            elsewhere={
                one.other: villages[one.other].location for one in planned if one.other in villages
            },
            pictures=village.code in shown,
            inspected=inspected or Inspected(),
        )
        yield VillageBooks(seed, facts).written()


def demo_offices(
    county: DemoCounty, seed: int = YEAR, inspected: Inspected | None = None
) -> CountyYear:
    """What the county's offices have of the year, beside the villages' books."""
    return CountyYear(
        information=list(information_of(seed, county)),
        records=list(records_of(seed, county)),
        projects=list(projects_of(seed, county)),
        funds=list(funds_of(seed, county)),
        exits=list(exits_of(seed, county)),
        visits=list(unit_visits(seed, county, inspected or Inspected())),
    )


def _shown_villages(county: DemoCounty) -> frozenset[str]:
    """The first poor village of each township: pictures are made for these only."""
    first: dict[str, str] = {}
    for village in county.villages:
        if village.poor:
            first.setdefault(village.township, village.code)
    return frozenset(first.values())
