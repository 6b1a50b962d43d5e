"""The month's unannounced inspections: drawn as the site draws, by a seed that nobody chose.

What is drawn differs from site to site, as it must: the seed holds a digest of the audit log.
"""

from __future__ import annotations

from datetime import date

from kaohe.demo.dice import Dice
from kaohe.demo.year import Inspected, InspectionSort
from kaohe.demo.year.county_model import Visit
from kaohe.demo.year.days import MONTHS, WORKING, days_of, last_of
from kaohe.demo.year.visiting import Inspectors
from kaohe.web.common.writing import writing
from kaohe.web.operations.demonstration.inspections import Inspections
from kaohe.web.supervision.actions.draws import DrawFacts, announce_draw, make_draw
from kaohe.web.supervision.actions.plans import make_plans
from kaohe.web.supervision.models import Inspection, InspectionPlan
from kaohe.web.supervision.queries.checklists import checklist_of

# Of so many poor villages, one is drawn in a month.
_DRAWN_IN = 70


def draw_inspections(loader: Inspections, inspected: Inspected) -> None:
    """Plan, draw and visit month by month; call it when the other plans are there."""
    inspectors = Inspectors(Dice(MONTHS[0].year, "drawn visits"), inspected)
    poor = sum(1 for one in loader.roster.made.villages if one.poor)
    number = max(1, poor // _DRAWN_IN)
    for month in MONTHS:
        plans = make_plans(actor=loader.actor, year_id=loader.year.pk, month=month)
        for plan in plans:
            if plan.unannounced:
                _draw(loader, plan, number)
                _visit(loader, inspectors, plan, month)


def _draw(loader: Inspections, plan: InspectionPlan, number: int) -> None:
    text = f"禾望{plan.month:%Y%m}暗访"
    facts = DrawFacts(text, number, each_township=False, fresh_first=True, poor_only=True)
    draw = announce_draw(actor=loader.actor, plan_id=plan.pk, facts=facts)
    make_draw(actor=loader.actor, draw_id=draw.pk)


def _visit(loader: Inspections, inspectors: Inspectors, plan: InspectionPlan, month: date) -> None:
    """Write down the visits of a draw, all of them made within the month."""
    sort = InspectionSort(plan.code, (), tuple(plan.sort.kinds))
    days = [day for day in days_of(month, last_of(month)) if day in WORKING]
    with writing(loader.actor, "inspection.record") as change:
        rows = change.find_all(plan.inspections.select_related("unit", "village", "posting"))
        made = []
        for row in rows:
            row.plan = plan
            visit = _made(inspectors, sort, plan, row, days)
            row.day, row.inspectors, row.remarks = visit.day, visit.inspectors, visit.remarks
            row.checklist = dict(visit.checklist)
            row.state = Inspection.State.DONE if visit.day else Inspection.State.OPEN
            made.append(visit)
        change.update_many(rows, ["day", "inspectors", "remarks", "checklist", "state"])
        loader.findings(change, [row.pk for row in rows], made)
        if all(visit.day for visit in made):
            plan = change.find(InspectionPlan.objects.all(), plan.pk)
            plan.state = InspectionPlan.State.DONE
            change.update(plan)


def _made(
    inspectors: Inspectors,
    sort: InspectionSort,
    plan: InspectionPlan,
    row: Inspection,
    days: list[date],
) -> Visit:
    listed = {line.code for line in checklist_of(row)}
    return inspectors.visit(
        sort,
        plan.month,
        plan.body,
        None if plan.lead is None else plan.lead.code,
        row.kind,
        days,
        unit=None if row.unit is None else row.unit.code,
        village=None if row.village is None else row.village.code,
        without=[one for one in inspectors.leaves(row.kind) if one not in listed],
    )
