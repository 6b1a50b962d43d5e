"""People as pages show them: with what they do now, and by what they did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Person, Post, Posting, TeamMember, Unit
from kaohe.web.roster.queries.reach import people_in, postings_in, teams_in, units_in
from kaohe.web.roster.queries.spans import going_on

MEMBER = "member"
SERVICES = (
    (Posting.Kind.FIRST_SECRETARY.value, "第一书记"),
    (MEMBER, "工作队队员"),
    (Posting.Kind.TECHNICIAN.value, "农业科技人员"),
)


def people_listed(reach: Reach) -> QuerySet[Person]:
    """People with their unit; `serving`, `in_teams` and `in_posts` hold what they do today."""
    today = going_on(timezone.localdate())
    postings = postings_in(reach).filter(today).select_related("village")
    members = TeamMember.objects.filter(today, team__in=teams_in(reach)).select_related("team")
    return (
        people_in(reach)
        .select_related("unit")
        .prefetch_related(
            Prefetch("postings", postings, to_attr="serving"),
            Prefetch("memberships", members, to_attr="in_teams"),
            Prefetch(
                "posts", Post.objects.filter(today).select_related("unit"), to_attr="in_posts"
            ),
        )
    )


def duties_of(person: Person) -> str:
    """What somebody of people_listed does today, in a line: 第一书记（柳林村）；镇长."""
    duties = [f"{row.get_kind_display()}（{row.village}）" for row in _held(person, "serving")]
    duties += [
        f"{'队长' if row.leader else '队员'}（{row.team}）" for row in _held(person, "in_teams")
    ]
    duties += [
        row.title if row.unit_id == person.unit_id else f"{row.unit}{row.title}"
        for row in _held(person, "in_posts")
    ]
    return "；".join(duties)


def served(rows: QuerySet[Person], kind: str, now: bool | None) -> QuerySet[Person]:
    """Those who served as one kind of SERVICES, or as any for an empty one.

    now: True for those who do so today, False for those who do not (any more), None for both.
    """
    if now is None:
        return rows.filter(_service(kind, Q())) if kind else rows
    today = _service(kind, going_on(timezone.localdate()))
    if now:
        return rows.filter(today)
    return served(rows, kind, None).filter(~today)


def own_units(reach: Reach) -> QuerySet[Unit]:
    """The units for which the actor enters people: the county's, or only their own."""
    rows = units_in(reach).filter(ended__isnull=True)
    return rows if reach.whole else rows.filter(pk__in=reach.units)


def posts_of(person: Person) -> QuerySet[Post]:
    """All posts of a person, the present ones first."""
    return person.posts.select_related("unit").order_by(F("end").desc(nulls_first=True), "-start")


def posts_in(reach: Reach) -> QuerySet[Post]:
    """The posts that the actor enters and ends: those in their own units."""
    rows = Post.objects.filter(unit__in=units_in(reach)).select_related("person", "unit")
    return rows if reach.whole else rows.filter(unit__in=reach.units)


def still_bound(person: Person) -> Sequence[str]:
    """What of a person has no last day yet, in words; it must end before they leave."""
    postings = person.postings.filter(end__isnull=True).select_related("village")
    members = person.memberships.filter(end__isnull=True).select_related("team")
    posts = person.posts.filter(end__isnull=True).select_related("unit")
    return [
        *(f"在{row.village}任{row.get_kind_display()}" for row in postings),
        *(f"{row.team}队员" for row in members),
        *(f"{row.unit}{row.title}" for row in posts),
    ]


def _service(kind: str, when: Q) -> Q:
    postings = Posting.objects.filter(when, person=OuterRef("pk"))
    members = Exists(TeamMember.objects.filter(when, person=OuterRef("pk")))
    if kind == MEMBER:
        return Q(members)
    if kind:
        return Q(Exists(postings.filter(kind=kind)))
    return Q(members) | Q(Exists(postings))


def _held(person: Person, name: str) -> Sequence[Any]:
    return getattr(person, name)
