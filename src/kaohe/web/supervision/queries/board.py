"""A month's inspections in numbers, as far as somebody may read: for the board and the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kaohe.web.common.actor import Actor
from kaohe.web.supervision.models import Finding, Inspection, InspectionPlan, OnSpot
from kaohe.web.supervision.queries.checklists import Indicators
from kaohe.web.supervision.queries.findings import findings_listed, overdue
from kaohe.web.supervision.queries.reach import VIEW, findings_in, inspections_seen, plans_in

_Key = tuple[str, str]  # a plan's code and the body that leads


@dataclass(frozen=True)
class Led:
    """What one body carried out of one sort of inspection; of townships and senders all together.

    leads: how many units lead; subjects: to be visited; open: findings not closed.
    """

    name: str
    body: str
    leads: int
    subjects: int
    visited: int
    found: int
    closed: int
    late: int

    @property
    def open(self) -> int:
        return self.found - self.closed

    @property
    def percent(self) -> int:
        return 100 * self.visited // self.subjects if self.subjects else 0


@dataclass(frozen=True)
class AtIndicator:
    """Findings about a kind of subjects at an indicator."""

    kind: str
    indicator: str
    found: int
    grave: int  # those that are not minor


@dataclass(frozen=True)
class Board:
    """A month in numbers, with the findings that are overdue and the worst ones."""

    month: date
    led: Sequence[Led]
    severities: Sequence[tuple[str, int]]
    indicators: Sequence[AtIndicator]
    overdue: Sequence[Finding]
    grave: Sequence[Finding]
    here: int
    away: int
    on_leave: int

    @property
    def subjects(self) -> int:
        return sum(one.subjects for one in self.led)

    @property
    def visited(self) -> int:
        return sum(one.visited for one in self.led)

    @property
    def found(self) -> int:
        return sum(one.found for one in self.led)

    @property
    def closed(self) -> int:
        return sum(one.closed for one in self.led)

    @property
    def met(self) -> int:
        return self.here + self.away + self.on_leave


def board_of(actor: Actor, month: date, today: date) -> Board:
    """The month's board as far as the actor may read."""
    seen = inspections_seen(actor).filter(plan__month=month)
    rows = findings_in(actor.reach(VIEW)).filter(inspection__plan__month=month)
    found = list(findings_listed(rows))
    late = list(findings_listed(overdue(rows, today)).order_by("due", "pk"))
    spots = OnSpot.objects.filter(inspection__in=seen).values_list("state", flat=True)
    states = Counter(spots.order_by())
    return Board(
        month=month,
        led=_led(plans_in(actor.reach(VIEW)).filter(month=month), seen, found, late),
        severities=_severities(found),
        indicators=_indicators(found),
        overdue=late,
        grave=[one for one in found if one.severity == Finding.Severity.GRAVE],
        here=states[OnSpot.State.HERE],
        away=states[OnSpot.State.AWAY],
        on_leave=states[OnSpot.State.LEAVE],
    )


def _led(
    plans: QuerySet[InspectionPlan],
    seen: QuerySet[Inspection],
    found: Sequence[Finding],
    late: Sequence[Finding],
) -> list[Led]:
    names: dict[_Key, str] = {}
    leads: Counter[_Key] = Counter()
    for code, body, name in plans.order_by("pk").values_list("code", "body", "name"):
        names.setdefault((code, body), name)
        leads[code, body] += 1
    subjects: Counter[_Key] = Counter()
    visited: Counter[_Key] = Counter()
    columns = ("plan__code", "plan__body", "plan__name", "state")
    for code, body, name, state in seen.order_by().values_list(*columns):
        names.setdefault((code, body), name)
        subjects[code, body] += 1
        visited[code, body] += state == Inspection.State.DONE
    all_found = Counter(_key(one) for one in found)
    closed = Counter(_key(one) for one in found if one.state == Finding.State.CLOSED)
    overdue_here = Counter(_key(one) for one in late)
    return [
        Led(
            name=name,
            body=key[1],
            leads=leads[key],
            subjects=subjects[key],
            visited=visited[key],
            found=all_found[key],
            closed=closed[key],
            late=overdue_here[key],
        )
        for key, name in names.items()
    ]


def _severities(found: Sequence[Finding]) -> list[tuple[str, int]]:
    numbers = Counter(one.severity for one in found)
    return [(str(one.label), numbers[one.value]) for one in Finding.Severity]


def _indicators(found: Sequence[Finding]) -> list[AtIndicator]:
    """Most findings first."""
    names = Indicators()
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        title = names.title(one.inspection, one.indicator)
        grouped.setdefault((one.inspection.kind, title), []).append(one)
    rows = [
        AtIndicator(
            kind,
            title,
            len(same),
            sum(1 for one in same if one.severity != Finding.Severity.MINOR),
        )
        for (kind, title), same in grouped.items()
    ]
    return sorted(rows, key=lambda one: (-one.found, one.kind, one.indicator))


def _key(finding: Finding) -> _Key:
    plan = finding.inspection.plan
    return plan.code, plan.body
