"""Loading the demonstration: the county, its roster, the year and the accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from kaohe.demo import COUNTY, DemoCounty, Scale, demo_county
from kaohe.demo.year import demo_offices
from kaohe.scheme import read_scheme
from kaohe.web.common.actor import Actor, command_actor
from kaohe.web.common.writing import writing
from kaohe.web.operations.counties import add_county
from kaohe.web.operations.demonstration.accounts import make_accounts
from kaohe.web.operations.demonstration.daily import DailyWork
from kaohe.web.operations.demonstration.drawing import draw_inspections
from kaohe.web.operations.demonstration.inspections import Inspections
from kaohe.web.operations.demonstration.reported import ReportedWork
from kaohe.web.operations.demonstration.roster import Roster
from kaohe.web.operations.demonstration.works import Works
from kaohe.web.roster.actions.attributes import Saying, set_many_attributes
from kaohe.web.roster.actions.years import SchemeText, add_year, open_year
from kaohe.web.roster.models import VillageCount, WorkYear

YEAR = 2016
SCHEME = "xx-county-2016"
COMMAND = "kaohe demo"

Report = Callable[[str, float], None]
# Of the whole time: when the roster, the villages' books and all of the work are there.
_ROSTER, _VILLAGES, _WORK = 0.15, 0.78, 0.99


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
        report(label, 0.02 + 0.02 * place)
        step()
    report("设立 2016 年度", 0.13)
    year = _make_year(made, roster, actor)
    # The township in the middle of the county has the most to show.
    make_accounts(actor, roster.units[made.townships[0].code])
    counts = _load_work(made, roster, year, report)
    report("完成", 1.0)
    return counts


def _load_work(
    made: DemoCounty, roster: Roster, year: WorkYear, report: Report
) -> Mapping[str, int]:
    """The year's work: the villages', then the offices', then the inspections that are drawn."""
    counts: Counter[str] = Counter()
    inspections = Inspections(roster, counts, year)
    inspected = inspections.inspected()
    daily = DailyWork(roster, counts, inspections)
    daily.villages(
        inspected,
        lambda share: report("装入各村一年的记录", _ROSTER + (_VILLAGES - _ROSTER) * share),
    )
    offices = demo_offices(made, inspected=inspected)
    reported, works = ReportedWork(roster, counts), Works(roster, counts)
    steps: list[tuple[str, Callable[[], None]]] = [
        ("装入信息", lambda: reported.information(offices.information)),
        ("装入工作记录", lambda: reported.records(offices.records, year)),
        ("装入项目", lambda: works.projects(offices.projects, year)),
        ("装入资金整合", lambda: works.funds(offices.funds, year)),
        ("装入贫困村退出", lambda: works.exits(offices.exits, year)),
        ("装入督查", lambda: inspections.visits(offices.visits)),
        ("抽签督查", lambda: draw_inspections(inspections, inspected)),
        ("收尾", inspections.settle_plans),
    ]
    for place, (label, step) in enumerate(steps):
        report(label, _VILLAGES + (_WORK - _VILLAGES) * place / len(steps))
        step()
    return counts


def _make_year(made: DemoCounty, roster: Roster, actor: Actor) -> WorkYear:
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
    return open_year(actor=actor, year_id=year.pk, seen=year.version, confirmed=True)
