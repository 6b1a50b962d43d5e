"""Accounts as pages show them, and who has none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import ACTIONS, Role, Scope
from kaohe.web.roster.accounts.states import State, with_state
from kaohe.web.roster.models import Account, Person, Posting, RoleGrant, TeamMember, Unit
from kaohe.web.roster.queries.reach import accounts_in, people_in, postings_in, units_in
from kaohe.web.roster.queries.spans import not_over

LOG_IN_VERBS = ("login", "logout", "login-failed", "locked-out", "opened")
_KINDS = {
    Role.FIRST_SECRETARY: Posting.Kind.FIRST_SECRETARY,
    Role.TECHNICIAN: Posting.Kind.TECHNICIAN,
}
_UNIT_KINDS = {Role.TOWNSHIP: Unit.Kind.TOWNSHIP, Role.DEPARTMENT: Unit.Kind.DEPARTMENT}


def accounts_listed(reach: Reach) -> QuerySet[Account]:
    """Accounts with their state, whether a second factor is set, and their grants."""
    grants = RoleGrant.objects.select_related("unit", "person").order_by("pk")
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type="totp")
    return (
        with_state(accounts_in(reach))
        .select_related("person", "person__unit")
        .prefetch_related(Prefetch("grants", grants))
        .annotate(factor=Exists(factor))
    )


def scope_in_words(grant: RoleGrant) -> str:
    """How far a grant reaches at most: 全县, a unit, or the person themselves."""
    scopes = [action.scopes.get(Role(grant.role)) for action in ACTIONS.values()]
    widest = max((scope for scope in scopes if scope is not None), default=Scope.OWN)
    if widest == Scope.TOWNSHIP:
        return f"{grant.unit}及所辖各村"
    if widest == Scope.UNIT:
        return f"{grant.unit}及其派出的人员"
    if widest == Scope.OWN:
        return f"{grant.person}本人"
    return "全县"


def log_ins_of(account: Account) -> QuerySet[AuditEntry]:
    """What the audit chain tells about the account's log-ins, the latest first."""
    return AuditEntry.objects.filter(
        object_type=account._meta.label_lower, object_id=str(account.pk), verb__in=LOG_IN_VERBS
    ).order_by("-seq")


def sessions_of(account: Account) -> QuerySet[UserSession]:
    return UserSession.objects.filter(user=account).order_by("-last_seen_at")


@dataclass(frozen=True)
class Invitee:
    """Somebody without an account: the person or the unit, and what it will be called."""

    id: int
    name: str
    code: str
    unit: str
    person_id: int | None = None
    unit_id: int | None = None


def invitees(reach: Reach, role: Role, unit: Unit | None = None) -> Sequence[Invitee]:
    """Who serves in that role now, or which units there are, without any account for it yet."""
    if role in _UNIT_KINDS:
        return _units(reach, role, unit)
    people = _serving(reach, role).filter(left__isnull=True)
    if unit is not None:
        posted = _postings(reach).filter(Q(department=unit) | Q(village__township=unit))
        people = people.filter(
            Q(postings__in=posted) | Q(memberships__team__postings__in=posted) | Q(unit=unit)
        )
    rows = people.exclude(accounts__isnull=False).select_related("unit").distinct()
    return [
        Invitee(row.pk, row.name, row.code, str(row.unit or ""), person_id=row.pk)
        for row in rows.order_by(Coalesce("unit__code", F("code")), "code")
    ]


def unopened(reach: Reach, unit: Unit | None = None) -> QuerySet[Account]:
    """Accounts whose slip was lost or never used."""
    rows = accounts_listed(reach).filter(Q(("state", State.NEW.value)))
    if unit is not None:
        rows = rows.filter(Q(grants__unit=unit) | Q(person__unit=unit)).distinct()
    return rows.order_by("username")


def _units(reach: Reach, role: Role, unit: Unit | None) -> list[Invitee]:
    rows = units_in(reach).filter(kind=_UNIT_KINDS[role], ended__isnull=True)
    if unit is not None:
        rows = rows.filter(pk=unit.pk)
    held = RoleGrant.objects.filter(role=role, unit=OuterRef("pk"), account__is_active=True)
    return [
        Invitee(row.pk, row.name, row.code, row.name, unit_id=row.pk)
        for row in rows.exclude(Exists(held))
    ]


def _postings(reach: Reach) -> QuerySet[Posting]:
    today = timezone.localdate()
    return postings_in(reach).filter(not_over(today))


def _serving(reach: Reach, role: Role) -> QuerySet[Person]:
    people = people_in(reach)
    if role in _KINDS:
        posted = _postings(reach).filter(kind=_KINDS[role])
        return people.filter(pk__in=posted.values("person"))
    today = timezone.localdate()
    teams = _postings(reach).filter(kind=Posting.Kind.VILLAGE_TEAM).values("team")
    leaders = TeamMember.objects.filter(team__in=teams, leader=True).filter(not_over(today))
    return people.filter(pk__in=leaders.values("person"))
