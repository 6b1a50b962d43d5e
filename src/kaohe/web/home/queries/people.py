"""People and units that are not yet where they belong."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from kaohe.web.common.actor import Reach
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Person, Posting, RoleGrant, TeamMember, Unit
from kaohe.web.roster.queries.reach import people_in, units_in
from kaohe.web.roster.queries.spans import going_on


def people_without_unit(reach: Reach) -> QuerySet[Person]:
    return people_in(reach).filter(unit__isnull=True, left__isnull=True)


def people_without_account(reach: Reach, today: date) -> QuerySet[Person]:
    """First secretaries, technicians and team leaders of today who cannot log in yet."""
    own = Q(person=OuterRef("pk")) & going_on(today)
    serves = Exists(Posting.objects.filter(own))
    leads = Exists(TeamMember.objects.filter(own, leader=True, team__ended__isnull=True))
    rows = people_in(reach).filter(left__isnull=True, accounts__isnull=True)
    return rows.filter(Q(serves) | Q(leads))


def units_without_account(reach: Reach) -> QuerySet[Unit]:
    """Townships and departments for which nobody can log in yet."""
    role = Case(
        When(kind=Unit.Kind.TOWNSHIP, then=Value(Role.TOWNSHIP.value)),
        default=Value(Role.DEPARTMENT.value),
        output_field=CharField(),
    )
    rows = units_in(reach).filter(ended__isnull=True).annotate(role=role)
    held = RoleGrant.objects.filter(
        unit=OuterRef("pk"), role=OuterRef("role"), account__is_active=True
    )
    return rows.filter(~Exists(held))
