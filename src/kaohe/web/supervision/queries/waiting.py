"""What waits for somebody: plans to make and to finish, notices, replies, re-checks."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from kaohe.web.common.actor import Actor
from kaohe.web.supervision.models import Finding, InspectionPlan
from kaohe.web.supervision.queries.bodies import runs_all
from kaohe.web.supervision.queries.findings import escalated
from kaohe.web.supervision.queries.planning import proposed, year_of_month
from kaohe.web.supervision.queries.reach import (
    VIEW,
    findings_answered,
    findings_in,
    findings_run,
    plans_run,
)


def plans_to_make(actor: Actor, today: date) -> int:
    """How many of this month's plans are missing, for those who see to all inspections."""
    month = today.replace(day=1)
    year = year_of_month(actor.county_id, month)
    if year is None or year.state != year.State.OPEN or not runs_all(actor):
        return 0
    return len(proposed(actor, year, month))


def plans_to_finish(actor: Actor, until: date) -> QuerySet[InspectionPlan]:
    """The actor's own plans, of months up to that day's, that are not done."""
    rows = InspectionPlan.objects.none()
    if not runs_all(actor):
        rows = plans_run(actor, "inspection.plan")
    return rows.filter(state=InspectionPlan.State.PLANNED, month__lte=until).order_by("month", "pk")


def notices_to_send(actor: Actor) -> QuerySet[Finding]:
    """Findings without a notice, of the actor's own inspections."""
    return _own(actor, "finding.notify").filter(state=Finding.State.FOUND)


def replies_to_check(actor: Actor) -> QuerySet[Finding]:
    """Findings that were replied to, of the actor's own inspections."""
    return _own(actor, "finding.recheck").filter(state=Finding.State.REPLIED)


def replies_to_write(actor: Actor) -> QuerySet[Finding]:
    """Findings that the actor has to put right and to reply to, what is due first."""
    rows = findings_answered(actor).filter(state=Finding.State.NOTIFIED)
    return rows.order_by("due", "pk")


def reported_up(actor: Actor) -> QuerySet[Finding]:
    """Findings that were reported upwards, since nobody replied in time."""
    return escalated(findings_in(actor.reach(VIEW)))


def _own(actor: Actor, action: str) -> QuerySet[Finding]:
    """Who sees to all inspections is not reminded of each lead's work."""
    rows = Finding.objects.none() if runs_all(actor) else findings_run(actor, action)
    return rows.order_by("pk")
