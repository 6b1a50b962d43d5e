"""Postings as pages show them, and those that stand in each other's way."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.roster.models import Posting
from kaohe.web.roster.queries.reach import postings_in
from kaohe.web.roster.queries.spans import going_on, overlapping


def postings_listed(reach: Reach) -> QuerySet[Posting]:
    """Postings with all that a line of theirs names."""
    return postings_in(reach).select_related(
        "person", "team", "department", "village__township", "replaces__person", "replaces__team"
    )


def with_words(rows: QuerySet[Posting], text: str) -> QuerySet[Posting]:
    """Postings that a search finds by the person, the team, the village or the department."""
    for word in text.split()[:8]:
        condition = Q()
        for name in ("person", "team", "village", "department"):
            condition |= Q(**{f"{name}__name__icontains": word})
            condition |= Q(**{f"{name}__initials__startswith": word.lower()})
            condition |= Q(**{f"{name}__code__iexact": word})
        rows = rows.filter(condition)
    return rows


def within(rows: QuerySet[Posting], state: str) -> QuerySet[Posting]:
    """Postings of today (`now`), those that are over (`past`), or still to come (`coming`)."""
    today = timezone.localdate()
    return rows.filter(
        {"now": going_on(today), "past": Q(end__lt=today), "coming": Q(start__gt=today)}[state]
    )


def own_kinds(actor: Actor) -> list[Posting.Kind]:
    """The kinds that the actor may post."""
    return [kind for kind in Posting.Kind if actor.may(f"posting.{kind}")]


def successors(posting: Posting) -> QuerySet[Posting]:
    """Who took over from a posting."""
    return posting.replaced_by.select_related("person", "team").order_by("start")


def in_the_way(posting: Posting, start: date, end: date | None) -> Posting | None:
    """Another posting that this one must not overlap from start to end; None when there is none.

    A first secretary is full-time at one village (regulation 二(三)6(1)) and a team resident at
    one (二(四)7); a village has one of each at a time. Technicians come for 5 days a month
    (二(五)5) and nothing binds them to one village: they may serve several at once, and a village
    may have several of them, but none twice at one village.
    """
    same = Q(team=posting.team) if posting.person is None else Q(person=posting.person)
    if posting.kind == Posting.Kind.TECHNICIAN:
        same &= ~Q(kind=Posting.Kind.TECHNICIAN) | Q(village=posting.village)
        there = Q()
    else:
        there = Q(village=posting.village, kind=posting.kind)
    rows = Posting.objects.filter(overlapping(start, end)).exclude(pk=posting.pk)
    return rows.filter(same | there).select_related("person", "team", "village").first()


def doubts(posting: Posting) -> list[str]:
    """What is allowed but unusual about a posting, in sentences for who entered it."""
    village = posting.village
    if posting.kind == Posting.Kind.VILLAGE_TEAM:
        if village.poor and posting.department is None:
            return [f"{village}是贫困村，工作队一般由县级部门派出；这里没有填派出单位，请核对。"]
        return []
    if not village.poor:
        return [f"{village}不是贫困村，{posting.get_kind_display()}一般派驻贫困村，请核对。"]
    return []
