"""The year of the whole county, a village after the other, so that nobody holds all of it."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.demo.model import PostingKind
from kaohe.demo.roster import DemoCounty
from kaohe.demo.turns import YEAR
from kaohe.demo.year.books import VillageBooks, VillageFacts
from kaohe.demo.year.defects import planned_defects
from kaohe.demo.year.model import VillageYear
from kaohe.demo.year.serving import services_by_village


def demo_year(county: DemoCounty, seed: int = YEAR) -> Iterator[VillageYear]:
    """What was written in each village of the county: the same for a seed on every platform."""
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
        )
        yield VillageBooks(seed, facts).written()


def _shown_villages(county: DemoCounty) -> frozenset[str]:
    """The first poor village of each township: pictures are made for these only."""
    first: dict[str, str] = {}
    for village in county.villages:
        if village.poor:
            first.setdefault(village.township, village.code)
    return frozenset(first.values())
