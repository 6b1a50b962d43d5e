"""Inspections as pages show them, and whom a visit ought to meet in the village."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.queries.postings import Service, services_in
from kaohe.web.roster.models import Person, TeamMember
from kaohe.web.roster.queries.spans import going_on
from kaohe.web.supervision.models import Inspection


def inspections_listed(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Inspections with all that a line of theirs names, each with its number of findings."""
    return (
        rows.select_related(
            "plan__lead",
            "unit",
            "posting__person",
            "posting__team",
            "posting__department",
            "posting__village__township",
            "village__township",
        )
        .annotate(found=Count("findings"))
        .order_by("-plan__month", "-day", "village__code", "unit__code", "pk")
    )


def inspectors_before(inspection: Inspection) -> str:
    """Who made the plan's latest visit: the same people usually go to the next village."""
    rows = Inspection.objects.filter(plan=inspection.plan_id, state=Inspection.State.DONE)
    last = rows.order_by("-changed_at").values_list("inspectors", flat=True).first()
    return last or ""


def met_there(inspection: Inspection, day: date) -> list[Service]:
    """Who serves there on the day: in the posting, or in the village where a unit is visited."""
    county = Reach(county_id=inspection.county_id, whole=True)
    if inspection.posting_id is not None:
        return services_in(county, day, day, pk=inspection.posting_id)
    if inspection.village_id is not None:
        return services_in(county, day, day, village=inspection.village_id)
    return []


def concerned(inspection: Inspection, day: date) -> Person | None:
    """The person whom a visit is about: of a team its leader on the day; nobody for a unit."""
    posting = inspection.posting
    if posting is None or posting.person is not None:
        return None if posting is None else posting.person
    rows = TeamMember.objects.filter(going_on(day), team=posting.team_id).order_by("-leader")
    member = rows.select_related("person").first()
    return None if member is None else member.person
