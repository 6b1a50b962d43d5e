"""Inspections month by month: who was visited, what was found, and how it was put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kaohe.demo.dice import Dice
from kaohe.demo.roster import DemoCounty
from kaohe.demo.year.county_model import Finding, Inspected, InspectionSort, Visit
from kaohe.demo.year.days import MONTHS, WORKING, days_of, last_of
from kaohe.demo.year.finding import finding_of
from kaohe.demo.year.words_county import REMARKS
from kaohe.demo.year.writing import household_name

TOWNSHIPS, SENDERS = "乡镇", "派出单位"
_TOWNSHIP, _DEPARTMENT = "乡镇", "部门"
# Of a month's visits by an office and by whoever answers for somebody, in which something is found.
_FOUND_BY_OFFICE, _FOUND_BY_OWN = 0.25, 0.04
_UNITS_A_MONTH = {_TOWNSHIP: 5, _DEPARTMENT: 6}
# Two months before the end, some visits are still to be made.
_OPEN = 0.04


class Inspectors:
    """Those who go: they fill the checklist and write down what they find."""

    def __init__(self, dice: Dice, inspected: Inspected) -> None:
        self._dice, self._inspected = dice, inspected
        self._names = "、".join(household_name(dice) for _ in range(2))

    def leaves(self, kind: str) -> tuple[str, ...]:
        """A kind's indicators, by their codes."""
        return self._inspected.leaves.get(kind, ())

    def visit(
        self,
        sort: InspectionSort,
        month: date,
        body: str,
        lead: str | None,
        kind: str,
        days: Sequence[date],
        *,
        unit: str | None = None,
        posting: int | None = None,
        village: str | None = None,
        without: Sequence[str] = (),
    ) -> Visit:
        """A visit on one of the days; late in the year some are not made yet."""
        dice = self._dice
        day = None if not days or (month >= MONTHS[10] and dice.chance(_OPEN)) else dice.pick(days)
        codes = [one for one in self.leaves(kind) if one not in without]
        share = _FOUND_BY_OWN if body in {TOWNSHIPS, SENDERS} else _FOUND_BY_OFFICE
        findings = tuple(self._found(day, codes, share)) if day is not None else ()
        return Visit(
            month,
            sort.code,
            body,
            lead,
            unit,
            posting,
            village,
            day,
            self._names if day is not None else "",
            self._checklist(codes, findings) if day is not None else {},
            dice.pick(REMARKS) if day is not None else "",
            (),
            findings,
        )

    def _found(self, day: date, codes: Sequence[str], share: float) -> Iterator[Finding]:
        dice = self._dice
        if codes and dice.chance(share):
            for code in dice.shuffled(codes)[: dice.weighted([(1, 3), (2, 1)])]:
                yield finding_of(dice, day, code, self._inspected.rectification)

    def _checklist(self, codes: Sequence[str], findings: Sequence[Finding]) -> dict[str, str]:
        faults = {one.indicator for one in findings}
        marks = {}
        for code in codes:
            seen = "not_seen" if self._dice.chance(0.2) else "ok"
            marks[code] = "fault" if code in faults else seen
        return marks


def unit_visits(seed: int, county: DemoCounty, inspected: Inspected) -> Iterator[Visit]:
    """Some townships and departments each month, by turns. Those drawn are not among them."""
    dice = Dice(seed, "visits to units")
    inspectors = Inspectors(dice, inspected)
    units = {
        _TOWNSHIP: [one.code for one in county.townships],
        _DEPARTMENT: [one.code for one in county.departments],
    }
    without = _items_without(county, inspected)
    for sort in inspected.sorts:
        for body, lead in sort.bodies:
            if body in {TOWNSHIPS, SENDERS}:
                continue
            for month in MONTHS:
                days = [day for day in days_of(month, last_of(month)) if day in WORKING]
                for kind in sort.kinds:
                    others = [one for one in units.get(kind, ()) if one != lead]
                    for unit in dice.shuffled(others)[: _UNITS_A_MONTH.get(kind, 0)]:
                        yield inspectors.visit(
                            sort,
                            month,
                            body,
                            lead,
                            kind,
                            days,
                            unit=unit,
                            without=without.get(unit, ()),
                        )


def _items_without(county: DemoCounty, inspected: Inspected) -> Mapping[str, Sequence[str]]:
    """The special indicators that a department does not have: they are not on its checklist."""
    special = [one for one in inspected.leaves.get(_DEPARTMENT, ()) if one.startswith("2.")]
    found = {}
    for one in county.departments:
        listed = one.attributes["special_items"]
        if listed is not None:
            found[one.code] = [item for item in special if item not in str(listed).split(";")]
    return found
