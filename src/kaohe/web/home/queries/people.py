"""People who are not yet where they belong."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Person, Post, Posting, TeamMember
from kaohe.web.roster.queries.reach import people_in


def people_without_unit(reach: Reach) -> QuerySet[Person]:
    return people_in(reach).filter(unit__isnull=True, left__isnull=True)


def people_without_account(reach: Reach, today: date) -> QuerySet[Person]:
    """Those who serve now, lead a team or are a unit's contact, and cannot log in yet."""
    lasting = Q(end__isnull=True) | Q(end__gte=today)
    own = Q(person=OuterRef("pk"))
    needs = (
        Q(Exists(Posting.objects.filter(own & lasting)))
        | Q(Exists(TeamMember.objects.filter(own & lasting, leader=True)))
        | Q(Exists(Post.objects.filter(own & lasting, duty=Post.Duty.CONTACT)))
    )
    return people_in(reach).filter(needs, left__isnull=True, accounts__isnull=True)
