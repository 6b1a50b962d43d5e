"""Whom a plan can visit, how often each was visited, and who is met in a drawn village."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.roster.models import Posting, Unit, Village
from kaohe.web.roster.queries.spans import overlapping
from kaohe.web.supervision.models import Inspection, InspectionPlan
from kaohe.web.supervision.queries.bodies import SENDERS, TOWNSHIPS

_Key = tuple[int | None, int | None]  # unit, posting


@dataclass(frozen=True)
class Subject:
    """Somebody to visit: a unit (in a village, where one was drawn) or a posting."""

    unit: Unit | None = None
    posting: Posting | None = None
    village: Village | None = None

    @property
    def key(self) -> str:
        """As a form sends it: u12 or p34."""
        return f"u{self.unit.pk}" if self.unit is not None else f"p{self.posting_id}"

    @property
    def posting_id(self) -> int | None:
        return None if self.posting is None else self.posting.pk

    @property
    def who(self) -> str:
        return str(self.unit if self.posting is None else self.posting.subject)

    @property
    def where(self) -> str:
        if self.village is None:
            return ""
        return f"{self.village.township}{self.village}"


@dataclass(frozen=True)
class Candidate:
    """A subject with the visits that it had this year, and whether the plan holds it already."""

    subject: Subject
    visits: int
    chosen: bool


def subjects_of(plan: InspectionPlan) -> list[Subject]:
    """All subjects of the plan's kinds: units by code, postings by township and village.

    A body does not inspect itself; a township inspects in its villages, a sender whom it sent.
    """
    kinds = plan.sort.kinds
    units = [] if plan.body in {TOWNSHIPS, SENDERS} else _units(plan, kinds)
    return [*(Subject(unit=unit) for unit in units), *_posted(_postings(plan, kinds))]


def subjects_at(plan: InspectionPlan, villages: Collection[Village]) -> list[Subject]:
    """Whom the plan meets in villages: the township, departments that sent somebody, who serves."""
    kinds = plan.sort.kinds
    served = Posting.objects.filter(_in_month(plan.month), village__in=villages)
    senders: dict[int, list[Unit]] = {}
    for posting in served.filter(department__isnull=False).select_related("department"):
        assert posting.department is not None
        there = senders.setdefault(posting.village_id, [])
        if posting.department not in there:
            there.append(posting.department)
    postings = list(_postings(plan, kinds).filter(village__in=villages))
    found = []
    for village in villages:
        units = [village.township] if Unit.Kind.TOWNSHIP.label in kinds else []
        if Unit.Kind.DEPARTMENT.label in kinds:
            units += sorted(senders.get(village.pk, []), key=lambda unit: unit.code)
        others = [unit for unit in units if unit.pk != plan.lead_id]
        found += [Subject(unit=unit, village=village) for unit in others]
        found += _posted(one for one in postings if one.village_id == village.pk)
    return found


def candidates(plan: InspectionPlan) -> list[Candidate]:
    """The plan's subjects to choose from, each with its visits in the plan's year."""
    rows = Inspection.objects.filter(plan__year=plan.year_id, state=Inspection.State.DONE)
    visits: Counter[_Key] = Counter(rows.order_by().values_list("unit", "posting"))
    held: set[_Key] = set(plan.inspections.values_list("unit", "posting"))
    found = []
    for one in subjects_of(plan):
        key = (one.unit.pk if one.unit is not None else None, one.posting_id)
        found.append(Candidate(one, visits[key], key in held))
    return found


def village_visits(year_id: int) -> Mapping[int, int]:
    """Village → how many days of the year inspectors were there: for a unit or for who serves."""
    rows = Inspection.objects.filter(plan__year=year_id, state=Inspection.State.DONE)
    days = rows.filter(village__isnull=False).order_by().values_list("village", "day").distinct()
    return Counter(village for village, _ in days)


def villages_to_draw_from(plan: InspectionPlan, *, poor_only: bool) -> list[Village]:
    """The villages of a draw, in the order of their codes: those that the plan can visit."""
    rows = Village.objects.filter(county=plan.year.county_id).select_related("township")
    if poor_only:
        rows = rows.filter(poor=True)
    if plan.body == TOWNSHIPS:
        rows = rows.filter(township=plan.lead)
    kinds = {Unit.Kind.TOWNSHIP.label, Unit.Kind.DEPARTMENT.label}
    if not kinds & set(plan.sort.kinds):
        rows = rows.filter(pk__in=_postings(plan, plan.sort.kinds).values("village"))
    return list(rows.order_by("code"))


def _units(plan: InspectionPlan, kinds: Collection[str]) -> list[Unit]:
    named = [kind for kind in Unit.Kind if kind.label in kinds]
    rows = Unit.objects.filter(county=plan.year.county_id, kind__in=named, ended__isnull=True)
    order = list(Unit.Kind)  # townships first, as the regulation names them
    found = (unit for unit in rows.order_by("code") if unit.pk != plan.lead_id)
    return sorted(found, key=lambda unit: order.index(Unit.Kind(unit.kind)))


def _postings(plan: InspectionPlan, kinds: Collection[str]) -> QuerySet[Posting]:
    named = [kind for kind in Posting.Kind if kind.label in kinds]
    rows = Posting.objects.filter(
        _in_month(plan.month), county=plan.year.county_id, kind__in=named
    ).select_related("person", "team", "department", "village__township")
    if plan.body == TOWNSHIPS:
        rows = rows.filter(village__township=plan.lead)
    elif plan.body == SENDERS:
        rows = rows.filter(department=plan.lead)
    return rows.order_by("village__township__code", "village__code", "kind", "pk")


def _posted(postings: Iterable[Posting]) -> list[Subject]:
    return [Subject(posting=one, village=one.village) for one in postings]


def _in_month(month: date) -> Q:
    return overlapping(month, last_of_month(month))
