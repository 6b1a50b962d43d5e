"""The checklist of a visit, made from the indicators that the year's scheme has for the subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kaohe.scheme import Scheme
from kaohe.scheme.model import Indicator, Kind
from kaohe.web.roster.models import Unit, UnitAttributes, WorkYear
from kaohe.web.supervision.models import Inspection


@dataclass(frozen=True)
class Line:
    """A leaf of the indicators, as the inspectors see it: points are its most (分)."""

    code: str
    name: str
    group: str
    points: Decimal
    text: str
    criteria: tuple[str, ...]
    basis: str

    @property
    def title(self) -> str:
        return f"{self.code} {self.name}"


def checklist_of(inspection: Inspection) -> list[Line]:
    """The lines of a visit's checklist, in the regulation's order.

    Special indicators that a department does not have are left out; while its list is not said, it
    has all of them.
    """
    year = inspection.plan.year
    said = _said(year, inspection.unit)
    return [
        line
        for line, leaf in _leaves(year.scheme, inspection.kind)
        if leaf.applies is None
        or leaf.applies.listed_in is None
        or (listed := said.get(leaf.applies.listed_in)) is None
        or leaf.code in str(listed).split(";")
    ]


class Indicators:
    """Names of indicators for lists: each year's scheme is read once, however long the list is."""

    def __init__(self) -> None:
        self._known: dict[int, dict[tuple[str, str], Line]] = {}

    def line(self, inspection: Inspection, code: str) -> Line | None:
        """The indicator of that code for the inspection's subject; None when it is not there."""
        year_id = inspection.plan.year_id
        if year_id not in self._known:
            scheme = WorkYear.objects.get(pk=year_id).scheme
            self._known[year_id] = {
                (kind.name, line.code): line
                for kind in scheme.kinds
                for line, _ in _leaves(scheme, kind.name)
            }
        return self._known[year_id].get((inspection.kind, code))

    def title(self, inspection: Inspection, code: str) -> str:
        """1.2 驻村帮扶; the code alone for one that is not there."""
        line = self.line(inspection, code)
        return code if line is None else line.title


def _leaves(scheme: Scheme, kind: str) -> Iterator[tuple[Line, Indicator]]:
    found: Kind | None = next((one for one in scheme.kinds if one.name == kind), None)
    for top in found.indicators if found is not None else ():
        for leaf in top.leaves():
            group = "" if leaf is top else f"{top.code} {top.name}"
            yield _line(leaf, group), leaf


def _line(leaf: Indicator, group: str) -> Line:
    return Line(
        leaf.code, leaf.name, group, leaf.points, leaf.text.strip(), leaf.criteria, leaf.basis
    )


def _said(year: WorkYear, unit: Unit | None) -> dict[str, object]:
    if unit is None:
        return {}
    row = UnitAttributes.objects.filter(year=year, unit=unit).first()
    return {} if row is None else dict(row.values)
