"""What happened to a project, the latest first: reports, inspections, acceptance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import Evidence, ProgressReport, Project, ProjectCheck
from kaohe.web.fieldwork.queries.evidence import ShownEvidence, shown


@dataclass(frozen=True)
class Event:
    """A report or a check, with its files."""

    day: date
    report: ProgressReport | None
    check: ProjectCheck | None
    files: tuple[ShownEvidence, ...]


def events_of(project: Project, reach: Reach) -> list[Event]:
    """All that happened, in the order of a timeline; reach is that of evidence.view."""
    reports = list(project.reports.prefetch_related("evidence"))
    checks = list(project.checks.prefetch_related("evidence"))
    proofs = [one for row in reports for one in row.evidence.all()]
    proofs += [one for row in checks for one in row.evidence.all()]
    files = {one.evidence.pk: one for one in shown(proofs, reach)}
    events = [Event(row.day, row, None, _of(row.evidence.all(), files)) for row in reports]
    events += [Event(row.day, None, row, _of(row.evidence.all(), files)) for row in checks]
    return sorted(events, key=_order, reverse=True)


def _order(event: Event) -> tuple[date, object]:
    row = event.report or event.check
    assert row is not None, "an event is a report or a check"
    return event.day, row.created_at


def _of(
    proofs: Iterable[Evidence], files: Mapping[int, ShownEvidence]
) -> tuple[ShownEvidence, ...]:
    return tuple(files[one.pk] for one in proofs)
