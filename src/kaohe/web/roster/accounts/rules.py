"""Who may manage which account, and which grants there can be."""

from __future__ import annotations

from dataclasses import dataclass

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.permissions import GRANTABLE, Role
from kaohe.web.common.writing import Change
from kaohe.web.roster.models import Account, Person, RoleGrant, Unit
from kaohe.web.roster.queries.reach import people_in, units_in

UNIT_ROLES = {Role.TOWNSHIP: Unit.Kind.TOWNSHIP, Role.DEPARTMENT: Unit.Kind.DEPARTMENT}
FIELD_ROLES = frozenset([Role.FIRST_SECRETARY, Role.VILLAGE_TEAM, Role.TECHNICIAN])


@dataclass(frozen=True)
class GrantFacts:
    """A role to give, for which unit or person; what the role does not ask for is ignored."""

    role: Role
    unit_id: int | None = None
    person_id: int | None = None


def grantable(actor: Actor) -> frozenset[Role]:
    """The roles that the actor may give and take."""
    return frozenset().union(*(GRANTABLE.get(role, frozenset()) for role in actor.roles))


def manages(actor: Actor, account: Account) -> bool:
    """Whether the actor may change the account: another's, with no role that they may not give."""
    if account.pk == actor.account_id:
        return False
    return {grant.role for grant in account.grants.all()} <= grantable(actor)


def require_managed(actor: Actor, account: Account) -> None:
    """Raises Refusal unless `manages`: an office could take over the administrator's account."""
    if account.pk == actor.account_id:
        raise Refusal("自己的账号不能自己管理；请另一位管理员来做。改密码在“我的账号”里。")
    if not manages(actor, account):
        raise Refusal("这个账号有您无权授予的角色，只有系统管理员能管理它。")


def require_another_administrator(account: Account) -> None:
    """Raises Refusal when the county would be left without an administrator who can log in."""
    others = (
        Account.objects.filter(
            county=account.county_id, is_active=True, grants__role=Role.ADMINISTRATOR
        )
        .exclude(pk=account.pk)
        .exclude(password__startswith="!")
    )
    if not others.exists():
        raise Refusal("这是最后一个能登录的系统管理员，不能停用或收回角色；请先开通另一位管理员。")


def is_administrator(account: Account) -> bool:
    return any(grant.role == Role.ADMINISTRATOR for grant in account.grants.all())


def grant_of(change: Change, account: Account, facts: GrantFacts) -> RoleGrant:
    """The grant that the facts ask for, not yet stored. Raises Refusal for what cannot be given."""
    if facts.role not in grantable(change.actor):
        raise Refusal(f"您不能授予“{facts.role.label}”这个角色。", field="role")
    return RoleGrant(
        account=account,
        role=facts.role,
        unit=_unit(change, facts),
        person=_person(change, account, facts),
    )


def _unit(change: Change, facts: GrantFacts) -> Unit | None:
    kind = UNIT_ROLES.get(facts.role)
    if kind is None:
        return None
    if facts.unit_id is None:
        raise Refusal(f"“{facts.role.label}”要选一个{kind.label}。", field="unit")
    unit = change.find(units_in(change.reach).filter(ended__isnull=True), facts.unit_id)
    if unit.kind != kind:
        raise Refusal(f"“{facts.role.label}”只能给{kind.label}，{unit}不是。", field="unit")
    return unit


def _person(change: Change, account: Account, facts: GrantFacts) -> Person | None:
    if facts.role not in FIELD_ROLES:
        return None
    person_id = facts.person_id or account.person_id
    if person_id is None:
        raise Refusal(f"“{facts.role.label}”要选是哪个人。", field="person")
    return change.find(people_in(change.reach), person_id)
