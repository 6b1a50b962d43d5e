"""What inspections the scheme asks for in a month, and which of them are not planned yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from kaohe.scheme.model import Inspection as Sort
from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.roster.models import Posting, Unit, WorkYear
from kaohe.web.roster.queries.spans import overlapping
from kaohe.web.supervision.models import Inspection, InspectionPlan
from kaohe.web.supervision.queries.bodies import (
    SENDERS,
    TOWNSHIPS,
    leads_as,
    runs_all,
    unit_of,
    units_of,
)
from kaohe.web.supervision.queries.reach import plans_in

TYPES = {"daily": "日常督查", "special": "专项督查"}


@dataclass(frozen=True)
class Proposed:
    """A plan that the scheme asks for: its sort, the body that leads, and the units of the roster.

    lead: None where the roster has no unit of the body's name. joined: body → unit or None.
    """

    sort: Sort
    body: str
    lead: Unit | None
    joined: Mapping[str, Unit | None]

    @property
    def key(self) -> tuple[str, str, int | None]:
        return self.sort.code, self.body, None if self.lead is None else self.lead.pk

    @property
    def type(self) -> str:
        """日常督查 or 专项督查."""
        return TYPES[self.sort.type]

    @property
    def whole(self) -> bool:
        """Whether all subjects are visited without choosing: by each township and sender."""
        return self.body in {TOWNSHIPS, SENDERS}


def year_of_month(county_id: int, month: date) -> WorkYear | None:
    """The work-year of a month, whose scheme says what is inspected."""
    years = WorkYear.objects.filter(county_id=county_id, year=month.year)
    return years.select_related("county").first()


def proposed(actor: Actor, year: WorkYear, month: date) -> list[Proposed]:
    """The plans that are missing in the month, as far as the actor is to carry them out."""
    there = InspectionPlan.objects.filter(year=year, month=month)
    known = set(there.values_list("code", "body", "lead"))
    found = [one for one in _asked(year, month) if one.key not in known]
    if runs_all(actor):
        return found
    own, names = units_of(actor), _bodies_of(actor, year)
    return [
        one for one in found if (one.lead.pk in own if one.lead is not None else one.body in names)
    ]


def plans_of_month(reach: Reach, month: date) -> QuerySet[InspectionPlan]:
    """The month's plans with their numbers of subjects, visits and findings."""
    done = Q(inspections__state=Inspection.State.DONE)
    return (
        plans_in(reach)
        .filter(month=month)
        .select_related("lead", "year__county")
        .annotate(
            subjects=Count("inspections", distinct=True),
            visited=Count("inspections", filter=done, distinct=True),
            found=Count("inspections__findings", distinct=True),
        )
        .order_by("code", "lead__code", "pk")
    )


def led_by_each(plan: InspectionPlan) -> bool:
    """Whether it is one of many: of each township, or of each sending department."""
    return plan.body in {TOWNSHIPS, SENDERS}


def _asked(year: WorkYear, month: date) -> Iterator[Proposed]:
    """A plan an entry of the scheme and leading unit, in the scheme's order."""
    units = list(
        Unit.objects.filter(county=year.county_id, ended__isnull=True).order_by("kind", "code")
    )
    departments = [unit for unit in units if not unit.is_township]
    county = year.county.name
    for sort in year.scheme.inspections:
        joined = {body: unit_of(body, departments, county) for body in sort.joined}
        for body in sort.lead:
            if body in {TOWNSHIPS, SENDERS}:
                leading = _with_subjects(year, month, sort, body)
                yield from (Proposed(sort, body, one, joined) for one in units if one.pk in leading)
            else:
                yield Proposed(sort, body, unit_of(body, departments, county), joined)


def _with_subjects(year: WorkYear, month: date, sort: Sort, body: str) -> set[int]:
    """The townships, or senders, for whom somebody of the kinds serves in the month."""
    kinds = [kind for kind in Posting.Kind if kind.label in sort.kinds]
    rows = Posting.objects.filter(
        overlapping(month, last_of_month(month)), county=year.county_id, kind__in=kinds
    )
    column = "village__township" if body == TOWNSHIPS else "department"
    keys = rows.order_by().values_list(column, flat=True).distinct()
    return {key for key in keys if key is not None}


def _bodies_of(actor: Actor, year: WorkYear) -> set[str]:
    """The bodies without a unit whose role the actor has."""
    bodies = {body for sort in year.scheme.inspections for body in sort.lead}
    return {body for body in bodies if leads_as(actor, body, year.county.name)}
