"""A reach as rows of inspections: those of one's own, of one's units, or all of the county's.

Who is inspected reads of a visit once it is recorded, and of a finding once the notice is sent. Who
leads reads all of it. `…_seen(actor)` also keeps unannounced visits from county offices that do not
take part: a body that inspects is itself inspected.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.roster.models import Team
from kaohe.web.supervision.models import Draw, Finding, Inspection, InspectionPlan, Joined
from kaohe.web.supervision.queries.bodies import led_by, runs_all, units_of

VIEW = "inspection.view"


def plans_in(reach: Reach) -> QuerySet[InspectionPlan]:
    """Plans are for those who inspect; townships and departments have those that they lead."""
    rows = InspectionPlan.objects.filter(year__county_id=reach.county_id)
    return rows if reach.whole else rows.filter(lead__in=reach.units)


def plans_run(actor: Actor, action: str) -> QuerySet[InspectionPlan]:
    """The plans that the actor carries out."""
    return plans_in(actor.reach(action)).filter(led_by(actor))


def inspections_in(reach: Reach) -> QuerySet[Inspection]:
    rows = Inspection.objects.filter(county_id=reach.county_id)
    if reach.whole:
        return rows
    return rows.filter(_own(reach, "") & Q(state=Inspection.State.DONE) | _led(reach, "plan__"))


def inspections_seen(actor: Actor) -> QuerySet[Inspection]:
    """Inspections that the actor may read of, unannounced ones to come only by who goes there."""
    rows = inspections_in(actor.reach(VIEW))
    if runs_all(actor):
        return rows
    units = units_of(actor)
    plans = InspectionPlan.objects.filter(year__county_id=actor.county_id)
    led = plans.filter(led_by(actor)).values("pk")
    joined = Joined.objects.filter(unit__in=units).values("plan")
    goes = Q(plan__in=led) | Q(plan__in=joined) & ~_about(units)
    told = Q(state=Inspection.State.DONE) | Q(plan__unannounced=False)
    return rows.filter(told | goes)


def inspections_run(actor: Actor, action: str) -> QuerySet[Inspection]:
    """The inspections that the actor carries out."""
    return Inspection.objects.filter(plan__in=plans_run(actor, action).values("pk"))


def findings_in(reach: Reach) -> QuerySet[Finding]:
    """Findings within reach; the subject sees them once the notice is sent."""
    rows = Finding.objects.filter(inspection__county_id=reach.county_id)
    if reach.whole:
        return rows
    told = ~Q(state=Finding.State.FOUND)
    return rows.filter(_own(reach, "inspection__") & told | _led(reach, "inspection__plan__"))


def findings_run(actor: Actor, action: str) -> QuerySet[Finding]:
    """Findings of the inspections that the actor carries out."""
    return Finding.objects.filter(inspection__plan__in=plans_run(actor, action).values("pk"))


def findings_answered(actor: Actor) -> QuerySet[Finding]:
    """Findings that the actor may reply to: its own, never those of an inspection that it leads."""
    reach = actor.reach("finding.reply")
    rows = Finding.objects.filter(inspection__county_id=reach.county_id)
    led = InspectionPlan.objects.filter(led_by(actor), year__county_id=reach.county_id)
    told = rows.exclude(state=Finding.State.FOUND)
    return told.filter(_own(reach, "inspection__")).exclude(inspection__plan__in=led.values("pk"))


def draws_seen(actor: Actor) -> QuerySet[Draw]:
    """Draws of the plans that the actor carries out; of all plans once their visits are made."""
    plans = InspectionPlan.objects.filter(year__county_id=actor.county_id)
    done = Q(state=InspectionPlan.State.DONE)
    return Draw.objects.filter(plan__in=plans.filter(done | led_by(actor)).values("pk"))


def _own(reach: Reach, before: str) -> Q:
    """Inspections of the reach's own units, of who serves there or is sent, of oneself."""
    teams = Team.objects.filter(members__person__in=reach.people).values("pk")
    ways: dict[str, object] = {
        "unit__in": reach.units,
        "posting__village__township__in": reach.townships,
        "posting__department__in": reach.units,
        "posting__person__in": reach.people,
        "posting__team__in": teams,
    }
    found = Q()
    for way, keys in ways.items():
        found |= Q(**{f"{before}{way}": keys})
    return found


def _led(reach: Reach, before: str) -> Q:
    return Q(**{f"{before}lead__in": reach.units})


def _about(units: frozenset[int]) -> Q:
    return Q(unit__in=units) | Q(posting__department__in=units)
