"""Inspections as rows: each month's plans, the visits, what was found and how it was put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kaohe.demo.year import Inspected, InspectionSort
from kaohe.demo.year.county_model import Finding as MadeFinding
from kaohe.demo.year.county_model import Visit
from kaohe.web.common.writing import Change, writing
from kaohe.web.operations.demonstration.part import Part
from kaohe.web.operations.demonstration.roster import Roster
from kaohe.web.roster.models import Unit, WorkYear
from kaohe.web.supervision.models import (
    Finding,
    Inspection,
    InspectionPlan,
    Joined,
    OnSpot,
    Step,
)
from kaohe.web.supervision.queries.bodies import SENDERS, TOWNSHIPS, unit_of

_Key = tuple[date, str, str, str | None]


class Inspections(Part):
    """Loads visits, making the plan of each when it is first needed."""

    def __init__(self, roster: Roster, counts: Counter[str], year: WorkYear) -> None:
        super().__init__(roster, counts)
        self.year = year
        self._plans: dict[_Key, InspectionPlan] = {}
        units = roster.units.values()
        self._departments = [unit for unit in units if unit.kind == Unit.Kind.DEPARTMENT]
        self._open: set[int] = set()

    def inspected(self) -> Inspected:
        """What the year's scheme says of inspections, without those that are drawn."""
        scheme = self.year.scheme
        sorts = []
        for one in scheme.inspections:
            bodies = []
            for body in one.lead:
                own = body in {TOWNSHIPS, SENDERS}
                unit = None if own else self._unit_of(body)
                bodies.append((body, None if unit is None else unit.code))
            if not one.unannounced:
                sorts.append(InspectionSort(one.code, tuple(bodies), tuple(one.kinds)))
        leaves = {
            kind.name: tuple(leaf.code for top in kind.indicators for leaf in top.leaves())
            for kind in scheme.kinds
        }
        return Inspected(tuple(sorts), leaves, scheme.fieldwork.rectification)

    def visits(self, made: Sequence[Visit]) -> None:
        """Load visits with all that belongs to them."""
        if not made:
            return
        with writing(self.actor, "inspection.plan") as change:
            self._plan(change, made)
        columns = ["county_id", "plan_id", "unit_id", "posting_id", "village_id", "state", "day"]
        columns += ["inspectors", "checklist", "remarks"]
        with writing(self.actor, "inspection.record") as change:
            rows = [self._visit(one) for one in made]
            keys = self.load(change, Inspection, columns, rows)
            seen = [
                (key, self.roster.people[person].pk, state)
                for key, one in zip(keys, made, strict=True)
                for person, state in one.seen
            ]
            self.load(change, OnSpot, ["inspection_id", "person_id", "state"], seen)
            self.findings(change, keys, made)

    def settle_plans(self) -> None:
        """Mark the plans of which every visit was made."""
        with writing(self.actor, "inspection.plan") as change:
            done = [one for one in self._plans.values() if one.pk not in self._open]
            for plan in done:
                change.remember(plan)
                plan.state = InspectionPlan.State.DONE
            change.update_many(done, ["state"])

    def _plan(self, change: Change, made: Sequence[Visit]) -> None:
        names = {one.code: one for one in self.year.scheme.inspections}
        new: dict[_Key, InspectionPlan] = {}
        for one in made:
            key = _key(one)
            if key not in self._plans and key not in new:
                new[key] = InspectionPlan(
                    year=self.year,
                    month=one.month,
                    code=one.code,
                    name=names[one.code].name,
                    body=one.body,
                    lead=None if one.lead is None else self.roster.units[one.lead],
                    unannounced=names[one.code].unannounced,
                )
        change.create_many(list(new.values()))
        self.counts[str(InspectionPlan._meta.verbose_name)] += len(new)
        for plan in new.values():
            units = [self._unit_of(body) for body in names[plan.code].joined]
            joined = [one for one in units if one is not None and one != plan.lead]
            change.create_many([Joined(plan=plan, unit=one) for one in joined])
        self._plans.update(new)

    def _unit_of(self, body: str) -> Unit | None:
        return unit_of(body, self._departments, self.roster.county.name)

    def _visit(self, one: Visit) -> tuple[object, ...]:
        plan = self._plans[_key(one)]
        if one.day is None:
            self._open.add(plan.pk)
        return (
            self.county_id,
            plan.pk,
            self.unit_id(one.unit),
            self.posting_id(one.posting),
            None if one.village is None else self.roster.villages[one.village].pk,
            Inspection.State.OPEN.value if one.day is None else Inspection.State.DONE.value,
            one.day,
            one.inspectors,
            dict(one.checklist),
            one.remarks,
        )

    def findings(self, change: Change, keys: Sequence[int], made: Sequence[Visit]) -> None:
        """Load what the visits with these keys found."""
        found = [
            (key, visit, one)
            for key, visit in zip(keys, made, strict=True)
            for one in visit.findings
        ]
        columns = ["inspection_id", "indicator", "severity", "text", "created_at", "state"]
        columns += ["demand", "due", "notified_at", "escalated_at", "closed_at"]
        rows = [_finding(key, one) for key, _, one in found]
        finding_keys = self.load(change, Finding, columns, rows)
        steps = [
            (
                key,
                step.kind,
                step.text,
                step.at,
                step.passed,
                step.due,
                self.subject(visit.unit, visit.posting)
                if step.by_subject
                else _led_by(self, visit),
            )
            for key, (_, visit, one) in zip(finding_keys, found, strict=True)
            for step in one.steps
        ]
        columns = ["finding_id", "kind", "text", "created_at", "passed", "due", "by"]
        self.load(change, Step, columns, steps)


def _key(visit: Visit) -> _Key:
    return visit.month, visit.code, visit.body, visit.lead


def _led_by(part: Part, visit: Visit) -> str:
    return visit.body if visit.lead is None else part.roster.units[visit.lead].name


def _finding(inspection: int, one: MadeFinding) -> tuple[object, ...]:
    return (
        inspection,
        one.indicator,
        one.severity,
        one.text,
        one.at,
        one.state,
        one.demand,
        one.due,
        one.notified,
        one.escalated,
        one.closed,
    )
