"""The numbers of the first page's picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Posting, RoleGrant, Team, TeamMember, Unit, WorkYear
from kaohe.web.roster.queries.reach import accounts_in, postings_in, units_in
from kaohe.web.roster.queries.spans import going_on
from kaohe.web.roster.queries.villages import villages_with_counts


@dataclass(frozen=True)
class Sizes:
    """How many units there are."""

    townships: int
    departments: int

    @property
    def all(self) -> int:
        return self.townships + self.departments

    @property
    def hint(self) -> str:
        return f"乡镇 {self.townships} 个，部门 {self.departments} 个"


def sizes_in(reach: Reach) -> Sizes:
    units = units_in(reach).filter(ended__isnull=True)
    kinds = dict(units.order_by().values_list("kind").annotate(Count("pk")))
    return Sizes(kinds.get(Unit.Kind.TOWNSHIP, 0), kinds.get(Unit.Kind.DEPARTMENT, 0))


def postings_now(reach: Reach, today: date) -> QuerySet[Posting]:
    """Postings within reach that last today, as pages show them."""
    return (
        postings_in(reach)
        .filter(going_on(today))
        .select_related("person", "team", "department", "village__township")
        .order_by("village__code", "kind")
    )


def postings_beside(posting: Posting, today: date) -> QuerySet[Posting]:
    """Who else serves at the same village today."""
    rows = posting.village.postings.filter(going_on(today)).exclude(pk=posting.pk)
    return rows.select_related("person", "team").order_by("kind")


def poor_households_in(reach: Reach, year: WorkYear | None) -> Sequence[tuple[str, int | None]]:
    """Each village within reach with its poor households of the year; None where not entered."""
    rows = villages_with_counts(reach, year).order_by("code")
    return [(village.name, village.poor_households) for village in rows]  # type: ignore[attr-defined]


def members_now(team: Team, today: date) -> Sequence[TeamMember]:
    return list(team.members.filter(going_on(today)).select_related("person"))


@dataclass(frozen=True)
class AccountSizes:
    """How many accounts there are, were used, are shut."""

    all: int
    used: int
    shut: int


def account_sizes(reach: Reach) -> AccountSizes:
    found = accounts_in(reach).aggregate(
        all=Count("pk"),
        used=Count("pk", filter=Q(last_login__isnull=False)),
        shut=Count("pk", filter=Q(is_active=False)),
    )
    return AccountSizes(found["all"], found["used"], found["shut"])


def accounts_by_role(reach: Reach) -> Sequence[tuple[str, int]]:
    """Accounts that may log in, by role, in the order of the roles."""
    grants = RoleGrant.objects.filter(
        account__in=accounts_in(reach).filter(is_active=True)
    ).order_by()
    counts = dict(grants.values_list("role").annotate(Count("account", distinct=True)))
    return [(role.label, counts[role.value]) for role in Role if role.value in counts]


def entries_by_day(reach: Reach, today: date, days: int = 14) -> Sequence[tuple[date, int]]:
    """How many audit entries each of the last days has, today the last."""
    first = today - timedelta(days=days - 1)
    since = timezone.make_aware(datetime.combine(first, time.min))
    rows = (
        AuditEntry.objects.filter(county_id=reach.county_id, at__gte=since)
        .annotate(day=TruncDate("at"))
        .values_list("day")
        .annotate(Count("seq"))
        .order_by("day")
    )
    counts = dict(rows)
    all_days = [first + timedelta(days=number) for number in range(days)]
    return [(day, counts.get(day, 0)) for day in all_days]


def accounts_in_the_field(reach: Reach) -> bool:
    """Whether anybody outside the office has an account yet."""
    inside = [Role.ADMINISTRATOR, Role.HEADQUARTERS]
    grants = RoleGrant.objects.filter(account__in=accounts_in(reach))
    return grants.exclude(role__in=inside).exists()
