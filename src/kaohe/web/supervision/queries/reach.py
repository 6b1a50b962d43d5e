"""A reach as rows of inspections: those of one's own, of one's units, or all of the county's."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Team
from kaohe.web.supervision.models import Finding, Inspection, InspectionPlan


def plans_in(reach: Reach) -> QuerySet[InspectionPlan]:
    """Plans are for those who inspect; what is unannounced is not told to others."""
    rows = InspectionPlan.objects.filter(year__county_id=reach.county_id)
    return rows if reach.whole else rows.filter(lead__in=reach.units)


def inspections_in(reach: Reach) -> QuerySet[Inspection]:
    rows = Inspection.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    teams = Team.objects.filter(members__person__in=reach.people)
    done = rows.filter(state=Inspection.State.DONE)
    return done.filter(
        Q(unit__in=reach.units)
        | Q(posting__village__township__in=reach.townships)
        | Q(posting__department__in=reach.units)
        | Q(posting__person__in=reach.people)
        | Q(posting__team__in=teams)
    )


def findings_in(reach: Reach) -> QuerySet[Finding]:
    """Findings of inspections within reach; the subject sees them once the notice is sent."""
    rows = Finding.objects.filter(inspection__in=inspections_in(reach))
    return rows if reach.whole else rows.exclude(state=Finding.State.FOUND)
