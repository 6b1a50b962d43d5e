"""Accounts: opened, given roles, switched off and on, reset; their sessions ended."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.accounts.names import NewNames
from kaohe.web.roster.accounts.rules import (
    GrantFacts,
    grant_of,
    is_administrator,
    require_another_administrator,
    require_managed,
)
from kaohe.web.roster.accounts.sessions import end_sessions
from kaohe.web.roster.accounts.slips import Slip, invite, slip_of
from kaohe.web.roster.accounts.states import forget_guesses
from kaohe.web.roster.models import Account, RoleGrant
from kaohe.web.roster.queries.reach import accounts_in, people_in


@dataclass(frozen=True)
class AccountFacts:
    """A new account, of a person or an office. Without a log-in name the site makes one."""

    name: str
    username: str
    person_id: int | None
    grant: GrantFacts


def add_account(*, actor: Actor, facts: AccountFacts, sent: Sent | None = None) -> Slip:
    """Open an account with its first role; answers its slip, whose code is kept nowhere else."""
    with writing(actor, "account.change", sent=sent) as change:
        person = None
        if facts.person_id is not None:
            person = change.find(people_in(change.reach), facts.person_id)
        name = facts.name or (person.name if person is not None else "")
        if not name:
            raise Refusal("请选人员，或者填单位、科室的名称。", field="name")
        account = Account(county_id=actor.county_id, name=name, person=person)
        account.username = facts.username or _made_name(account)
        account.set_unusable_password()
        change.create(account)
        change.create(grant_of(change, account, facts.grant))
        change.leads_to(_page(account))
        return slip_of(account, invite(change, account))


def grant_role(
    *, actor: Actor, account_id: int, facts: GrantFacts, sent: Sent | None = None
) -> RoleGrant:
    """Give a role. Raises ValidationError when the account has it already."""
    with writing(actor, "account.change", sent=sent) as change:
        account = _managed(change, account_id)
        change.leads_to(_page(account))
        return change.create(grant_of(change, account, facts))


def revoke_role(*, actor: Actor, account_id: int, grant_id: int, sent: Sent | None = None) -> None:
    """Take a role away; it is gone at the account's next request."""
    with writing(actor, "account.change", sent=sent) as change:
        account = _managed(change, account_id)
        grant = change.find(_grants(account), grant_id)
        if grant.role == Role.ADMINISTRATOR:
            require_another_administrator(account)
        change.delete(grant)
        change.leads_to(_page(account))


def lock_account(*, actor: Actor, account_id: int, reason: str, sent: Sent | None = None) -> None:
    """Switch an account off and end its sessions."""
    with writing(actor, "account.change", sent=sent, reason=reason) as change:
        account = _managed(change, account_id)
        if is_administrator(account):
            require_another_administrator(account)
        account.is_active = False
        change.update(account)
        end_sessions(account)
        change.leads_to(_page(account))


def unlock_account(*, actor: Actor, account_id: int, sent: Sent | None = None) -> None:
    """Switch an account on again, and end the lock-outs that guessing brought about."""
    with writing(actor, "account.change", sent=sent) as change:
        account = _managed(change, account_id)
        account.is_active = True
        change.update(account)
        forget_guesses(account)
        change.tell("unlocked", account)
        change.leads_to(_page(account))


def reset_account(
    *,
    actor: Actor,
    account_id: int,
    reason: str,
    remove_second_factor: bool,
    sent: Sent | None = None,
) -> Slip:
    """Make the password unusable, end the sessions and answer a new slip.

    The second factor stays unless told otherwise: whoever gets hold of the slip lacks it.
    """
    with writing(actor, "account.change", sent=sent, reason=reason) as change:
        account = _managed(change, account_id)
        if not account.is_active:
            raise Refusal("这个账号已停用；请先启用，再重置。")
        account.set_unusable_password()
        change.update(account)
        end_sessions(account)
        if remove_second_factor and account.has_second_factor():
            Authenticator.objects.filter(user=account).delete()
            change.tell("factor-off", account)
        change.leads_to(_page(account))
        return slip_of(account, invite(change, account))


def end_account_sessions(*, actor: Actor, account_id: int, sent: Sent | None = None) -> int:
    """Log an account out everywhere; answers from how many places."""
    with writing(actor, "account.change", sent=sent) as change:
        account = _managed(change, account_id)
        ended = end_sessions(account)
        change.tell("sessions-ended", account, count=ended)
        change.leads_to(_page(account))
        return ended


def _managed(change: Change, account_id: int) -> Account:
    account = change.find(accounts_in(change.reach), account_id)
    require_managed(change.actor, account)
    return account


def _grants(account: Account) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(account=account)


def _made_name(account: Account) -> str:
    if account.person is None:
        raise Refusal("给单位、科室的账号要填登录名。", field="username")
    return NewNames(account.county).name_for(account.person.code)


def _page(account: Account) -> str:
    return reverse("accounts:account", args=[account.pk])
