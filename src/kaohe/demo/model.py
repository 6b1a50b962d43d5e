"""What a made-up county consists of. Places are (longitude, latitude) in degrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Place = tuple[float, float]
# Closed: the first point stands at the end once more. Counter-clockwise.
Ring = tuple[Place, ...]
# By the attribute codes of the scheme; None is what is not given.
Attributes = Mapping[str, str | bool | None]


class Duty(StrEnum):
    """What somebody's post in a unit means for this work; the value's label is Chinese."""

    HEAD = "head"
    DEPUTY_IN_CHARGE = "deputy_in_charge"
    CONTACT = "contact"
    STAFF = "staff"

    @property
    def label(self) -> str:
        return _DUTY_LABELS[self]


class PostingKind(StrEnum):
    """Who is posted to a village; the value's label is the scheme's kind of subject."""

    FIRST_SECRETARY = "first_secretary"
    VILLAGE_TEAM = "village_team"
    TECHNICIAN = "technician"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_DUTY_LABELS = {
    Duty.HEAD: "主要领导",
    Duty.DEPUTY_IN_CHARGE: "分管领导",
    Duty.CONTACT: "联络员",
    Duty.STAFF: "工作人员",
}
_KIND_LABELS = {
    PostingKind.FIRST_SECRETARY: "第一书记",
    PostingKind.VILLAGE_TEAM: "驻村工作队",
    PostingKind.TECHNICIAN: "农业科技人员",
}


@dataclass(frozen=True, slots=True)
class County:
    code: str
    name: str
    province: str
    outline: Ring
    centre: Place


@dataclass(frozen=True, slots=True)
class Township:
    code: str
    name: str
    seat: Place
    attributes: Attributes
    outline: Ring


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    name: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Village:
    """A village with its counts at the start of the year.

    ``exit_year`` is the year in which a poor village is planned to be out of poverty (出列).
    """

    code: str
    name: str
    township: str
    poor: bool
    exit_year: int | None
    location: Place
    households: int
    population: int
    poor_households: int
    poor_people: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with their home unit, a township's or a department's code."""

    code: str
    name: str
    gender: str
    id_number: str
    phone: str
    unit: str


@dataclass(frozen=True, slots=True)
class Post:
    person: str
    unit: str
    title: str
    duty: Duty
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Team:
    code: str
    name: str
    village: str


@dataclass(frozen=True, slots=True)
class TeamMember:
    team: str
    person: str
    leader: bool
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Posting:
    """Service of a person or team at a village; ``end`` is the last day.

    ``subject`` is a person's code, or a team's. ``department`` is None for a team that the township
    formed itself. ``replaced`` is the subject that served there before.
    """

    subject: str
    kind: PostingKind
    department: str | None
    village: str
    start: date
    end: date | None
    replaced: str | None
