"""What the county as a whole has of the year, beside the villages' books.

Units and villages by their codes, postings by their place in the county's list; amounts in 万元 as
texts, since they are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


class Adoption(NamedTuple):
    """Level 1 is the county's, 2 the city's, 3 the province's. `proof` names a picture."""

    level: int
    outlet: str
    day: date
    proof: str


class Information(NamedTuple):
    """A text of a unit, or of a person in a posting; kind and state by the site's codes."""

    unit: str | None
    posting: int | None
    person: str | None
    kind: str
    title: str
    text: str
    reported: datetime
    state: str
    decided: datetime | None
    note: str
    adoptions: tuple[Adoption, ...]


class WorkRecord(NamedTuple):
    """Work of a kind that the scheme names.

    `photo` is its picture, the page of a register that a unit keeps: unit's code, dash, kind. Empty
    where none is asked for.
    """

    unit: str | None
    posting: int | None
    kind: str
    day: date
    target: str
    quantity: str | None
    text: str
    state: str
    reported: datetime
    confirmed: datetime | None
    note: str
    photo: str


class Progress(NamedTuple):
    day: date
    percent: int
    arrived: str
    paid: str
    text: str
    state: str


class Check(NamedTuple):
    kind: str
    day: date
    passed: bool
    text: str


class Project(NamedTuple):
    village: str
    department: str
    code: str
    name: str
    reaches: str
    content: str
    starts: date
    ends: date
    planned: str
    upkeep_by: str
    upkeep: str
    reports: tuple[Progress, ...]
    checks: tuple[Check, ...]


class Fund(NamedTuple):
    unit: str
    kind: str
    day: date
    total: str
    integrated: str
    text: str
    state: str


class Exit(NamedTuple):
    """`lacks` are those of the six that the village has not."""

    village: str
    day: date
    lacks: tuple[str, ...]
    incidence: str
    satisfaction: str
    income: str
    dropouts: int
    text: str
    state: str


class Step(NamedTuple):
    kind: str
    at: datetime
    text: str
    passed: bool | None
    due: date | None
    by_subject: bool


class Finding(NamedTuple):
    indicator: str
    severity: str
    text: str
    at: datetime
    state: str
    demand: str
    due: date | None
    notified: datetime | None
    escalated: datetime | None
    closed: datetime | None
    steps: tuple[Step, ...]


class Visit(NamedTuple):
    """An inspection of a unit or of a posting, by a body in a month; day None: not made yet.

    `lead` is the unit that the body is; `seen` is who was there: person and state.
    """

    month: date
    code: str
    body: str
    lead: str | None
    unit: str | None
    posting: int | None
    village: str | None
    day: date | None
    inspectors: str
    checklist: Mapping[str, str]
    remarks: str
    seen: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


class InspectionSort(NamedTuple):
    """One of the scheme's inspections: its bodies, each with its unit, and the kinds it visits.

    The bodies 乡镇 and 派出单位 are each township and each department that sends somebody.
    """

    code: str
    bodies: tuple[tuple[str, str | None], ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Inspected:
    """What the year's scheme says of inspections. leaves: a kind's indicators by their codes."""

    sorts: tuple[InspectionSort, ...] = ()
    leaves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rectification: int = 15


@dataclass(slots=True)
class CountyYear:
    """All that is not in a village's books."""

    information: list[Information] = field(default_factory=list)
    records: list[WorkRecord] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
