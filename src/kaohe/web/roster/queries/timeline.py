"""What happened to a person, a team or a posting, as entries of common/parts/timeline.html."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Person, Post, Posting, Team, TeamMember
from kaohe.web.roster.queries.history import Event, events, own_entries
from kaohe.web.roster.queries.reach import people_in, postings_in, teams_in
from kaohe.web.roster.queries.spans import span

RECENT = 8
_ICONS = {"create": "plus", "update": "pencil", "reveal": "eye", "lookup": "search"}


@dataclass(frozen=True)
class Entry:
    """One entry; `day` sorts, `date` is what is read."""

    day: date
    date: str
    title: str
    text: str = ""
    icon: str = "point"
    tone: str = ""
    url: str = ""


def person_timeline(person: Person, reach: Reach, *, changes: bool) -> list[Entry]:
    """What a person did, as far as within reach, the latest first; with changes of the record."""
    postings = _named(postings_in(reach).filter(person=person))
    members = person.memberships.filter(team__in=teams_in(reach)).select_related("team")
    entries = [
        *map(_posting, postings),
        *map(_membership, members),
        *map(_post, person.posts.select_related("unit")),
    ]
    if person.left is not None:
        entries.append(Entry(person.left, date_format(person.left), "离开", icon="logout"))
    return _sorted([*entries, *(_recent(person, reach) if changes else ())])


def team_timeline(team: Team, reach: Reach, *, changes: bool) -> list[Entry]:
    """Who was in a team and where it served, the latest first."""
    postings = _named(postings_in(reach).filter(team=team))
    members = team.members.select_related("person")
    known = set(people_in(reach).values_list("pk", flat=True))
    entries = [*map(_posting, postings), *(_member(row, row.person_id in known) for row in members)]
    if team.ended is not None:
        entries.append(Entry(team.ended, date_format(team.ended), "撤销", icon="ban"))
    return _sorted([*entries, *(_recent(team, reach) if changes else ())])


def posting_timeline(posting: Posting, reach: Reach) -> list[Entry]:
    """Who served as the same at the village before and after, as far as it is within reach."""
    rows = postings_in(reach).filter(village=posting.village, kind=posting.kind)
    return _sorted(_posting(row, here=True, own=row.pk == posting.pk) for row in _named(rows))


def _named(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    return rows.select_related(
        "person", "team", "village__township", "department", "replaces__person", "replaces__team"
    ).prefetch_related("replaced_by__person", "replaced_by__team")


def _posting(row: Posting, *, here: bool = False, own: bool = False) -> Entry:
    """A posting, seen from who serves or, with `here`, from the village."""
    kind = row.get_kind_display()
    place = f"{row.village.township}{row.village}"
    told = [f"由{row.department}派出" if row.department is not None else "乡镇组建"]
    if row.replaces is not None:
        told.append(f"接替{row.replaces.subject}")
    told += [f"后由{later.subject}接替" for later in row.replaced_by.all()]
    return Entry(
        row.start,
        span(row.start, row.end),
        f"{row.subject}（本次）" if own else str(row.subject) if here else f"{kind}，驻{place}",
        "；".join(told),
        icon="route",
        tone=_tone(row.start, row.end),
        url="" if own else reverse("roster:posting", args=[row.pk]),
    )


def _membership(row: TeamMember) -> Entry:
    """A membership, seen from the person."""
    return Entry(
        row.start,
        span(row.start, row.end),
        f"{row.team}{'队长' if row.leader else '队员'}",
        icon="user-check" if row.leader else "users",
        tone=_tone(row.start, row.end),
        url=reverse("roster:team", args=[row.team_id]),
    )


def _member(row: TeamMember, known: bool) -> Entry:
    """A membership, seen from the team; known: whether the person's page may be opened."""
    return Entry(
        row.start,
        span(row.start, row.end),
        f"{row.person}{'任队长' if row.leader else '入队'}",
        icon="user-check" if row.leader else "users",
        tone=_tone(row.start, row.end),
        url=reverse("roster:person", args=[row.person_id]) if known else "",
    )


def _post(row: Post) -> Entry:
    return Entry(
        row.start,
        span(row.start, row.end),
        f"{row.unit}{row.title}",
        row.get_duty_display(),
        icon="building",
        tone=_tone(row.start, row.end),
    )


def _recent(row: Person | Team, reach: Reach) -> Iterable[Entry]:
    entries = list(own_entries(row, reach)[:RECENT])
    return [
        _event(event, entry.verb) for entry, event in zip(entries, events(entries), strict=True)
    ]


def _event(event: Event, verb: str) -> Entry:
    at = timezone.localtime(event.at)
    told = [f"{one.label}：{one.before} → {one.after}" for one in event.changes]
    if verb == "create":
        told = []
    if verb == "reveal":
        told = [f"{one.label}{one.after}" for one in event.changes]
    if event.reason:
        told.append(f"理由：{event.reason}")
    return Entry(
        at.date(),
        f"{date_format(at, 'DATETIME_FORMAT')}",
        f"{event.who}{event.verb}",
        "；".join(told),
        icon=_ICONS.get(verb, "pencil"),
    )


def _tone(start: date, end: date | None) -> str:
    """Green for what goes on today, blue for what is still to come."""
    today = timezone.localdate()
    if start > today:
        return "info"
    return "success" if end is None or end >= today else ""


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.day, reverse=True)
