"""Findings as pages show them: overdue, escalated, and beside the indicators."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.queries.closings import terms_of
from kaohe.web.roster.models import Posting, Unit, WorkYear
from kaohe.web.supervision.models import Finding
from kaohe.web.supervision.queries.reach import findings_in


def findings_listed(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Findings with all that a line of theirs names."""
    return rows.select_related(
        "inspection__plan__lead",
        "inspection__unit",
        "inspection__posting__person",
        "inspection__posting__team",
        "inspection__posting__village__township",
        "inspection__posting__department",
        "inspection__village__township",
    ).order_by("-inspection__day", "-pk")


def overdue(rows: QuerySet[Finding], today: date) -> QuerySet[Finding]:
    """Those that nobody replied to, the day on which a reply was due being over."""
    return rows.filter(state=Finding.State.NOTIFIED, due__lt=today)


def escalated(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Those that were reported to the headquarters and still wait for a reply."""
    return rows.filter(state=Finding.State.NOTIFIED, escalated_at__isnull=False)


def days_late(finding: Finding, today: date) -> int:
    """How many days a reply is late; 0 for one that is not, or is there."""
    if finding.state != Finding.State.NOTIFIED or finding.due is None:
        return 0
    return max(0, (today - finding.due).days)


def due_from(county_id: int, day: date) -> date:
    """The day by which a fault noticed on a day is to be put right, by the year's scheme."""
    return day + timedelta(days=terms_of(county_id, day).rectification)


def findings_beside(
    reach: Reach, year: WorkYear, subject: Unit | Posting
) -> dict[str, list[Finding]]:
    """Indicator code → the year's findings about a unit or a posting, the earliest first.

    What scorers see beside an indicator when they score it.
    """
    rows = findings_listed(findings_in(reach)).filter(inspection__plan__year=year)
    if isinstance(subject, Unit):
        rows = rows.filter(inspection__unit=subject)
    else:
        rows = rows.filter(inspection__posting=subject)
    found: dict[str, list[Finding]] = defaultdict(list)
    for row in rows.order_by("inspection__day", "pk"):
        found[row.indicator].append(row)
    return dict(found)


def state_of(finding: Finding, today: date | None = None) -> tuple[str, str]:
    """A finding's state in words, and the tone that it is shown in."""
    late = days_late(finding, today or timezone.localdate())
    if late:
        return f"逾期 {late} 天", "danger"
    tones = {
        Finding.State.FOUND: "warning",
        Finding.State.NOTIFIED: "info",
        Finding.State.REPLIED: "warning",
        Finding.State.CLOSED: "success",
    }
    return str(finding.get_state_display()), tones[Finding.State(finding.state)]


SEVERITY_TONES = {
    Finding.Severity.MINOR: "",
    Finding.Severity.MAJOR: "warning",
    Finding.Severity.GRAVE: "danger",
}
