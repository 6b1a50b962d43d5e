"""Loading the demonstration: the county, its roster, the year and the accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaohe.demo import COUNTY, DemoCounty, Scale, demo_county
from kaohe.scheme import read_scheme
from kaohe.web.common.actor import Actor, command_actor
from kaohe.web.common.writing import writing
from kaohe.web.operations.counties import add_county
from kaohe.web.operations.demonstration.accounts import make_accounts
from kaohe.web.operations.demonstration.daily import DailyWork
from kaohe.web.operations.demonstration.roster import Roster
from kaohe.web.roster.actions.attributes import Saying, set_many_attributes
from kaohe.web.roster.actions.years import SchemeText, add_year, open_year
from kaohe.web.roster.models import VillageCount

YEAR = 2016
SCHEME = "xx-county-2016"
COMMAND = "kaohe demo"

Report = Callable[[str, float], None]
# Of the whole time: the roster, and the year's daily work after it.
_ROSTER, _DAILY = 0.25, 0.98


def load_demo(report: Report, scale: Scale = COUNTY) -> Mapping[str, int]:
    """Fill an empty site, through the same door as everybody's writes.

    Returns how many rows of each sort the year's daily work has, by the sort's Chinese name.
    """
    report("编出演示县", 0.01)
    made = demo_county(scale=scale)
    county = add_county(
        code=made.county.code,
        name=made.county.name,
        province=made.county.province,
        outline=[list(point) for point in made.county.outline],
        command=COMMAND,
    )
    actor = command_actor(county.pk, COMMAND)
    roster = Roster(made, county, actor)
    steps = [
        ("登记单位", roster.store_units),
        ("登记村", roster.store_villages),
        ("登记人员和职务", roster.store_people),
        ("组建工作队", roster.store_teams),
        ("登记派驻", roster.store_postings),
    ]
    for place, (label, step) in enumerate(steps):
        report(label, 0.02 + 0.04 * place)
        step()
    report("设立 2016 年度", 0.22)
    _make_year(made, roster, actor)
    # The township in the middle of the county has the most to show.
    make_accounts(actor, roster.units[made.townships[0].code])
    daily = DailyWork(roster)
    daily.load(lambda share: report("装入一年的记录", _ROSTER + (_DAILY - _ROSTER) * share))
    report("完成", 1.0)
    return daily.counts


def _make_year(made: DemoCounty, roster: Roster, actor: Actor) -> None:
    text, file = read_scheme(SCHEME)
    year = add_year(actor=actor, year=YEAR, regulation=SchemeText(text, file))
    said = [(one.code, one.attributes) for one in made.townships]
    said += [(one.code, one.attributes) for one in made.departments]
    sayings = [Saying(roster.units[code].pk, 0, dict(values)) for code, values in said]
    set_many_attributes(actor=actor, year_id=year.pk, sayings=sayings)
    counts = [
        VillageCount(
            year=year,
            village=roster.villages[one.code],
            households=one.households,
            people=one.population,
            poor_households=one.poor_households,
            poor_people=one.poor_people,
        )
        for one in made.villages
    ]
    with writing(actor, "village.count") as change:
        change.create_many(counts)
    open_year(actor=actor, year_id=year.pk, seen=year.version, confirmed=True)
