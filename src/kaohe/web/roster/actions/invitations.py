"""Opening accounts for many at once, and the first log-in with a slip's code."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import Sent, writing
from kaohe.web.roster.accounts.invitations import usable_invitation
from kaohe.web.roster.accounts.names import NewNames
from kaohe.web.roster.accounts.rules import grantable, require_managed
from kaohe.web.roster.accounts.sessions import end_sessions
from kaohe.web.roster.accounts.slips import Slip, invitation_for, invite, slip_of
from kaohe.web.roster.models import Account, County, RoleGrant
from kaohe.web.roster.queries.accounts import invitees, unopened
from kaohe.web.roster.queries.reach import accounts_in


def invite_many(
    *, actor: Actor, role: Role, chosen: frozenset[int], sent: Sent | None = None
) -> list[Slip]:
    """Open an account with that role for each of the chosen who has none; answers their slips.

    chosen: ids of people, or of units for the roles that units have. Whoever got an account
    meanwhile, or is not within reach, is passed over.
    """
    with writing(actor, "account.change", sent=sent) as change:
        if role not in grantable(actor):
            raise Refusal(f"您不能授予“{role.label}”这个角色。")
        # Two who invite at the same moment would each open an account for the same person.
        county = County.objects.select_for_update().get(pk=actor.county_id)
        rows = [row for row in invitees(change.reach, role) if row.id in chosen]
        if not rows:
            raise Refusal("选中的人都已经有账号了。请回到上一步重新查看名单。")
        names = NewNames(county)
        accounts = []
        for row in rows:
            account = Account(county=county, name=row.name, person_id=row.person_id)
            account.username = names.name_for(row.code)
            account.set_unusable_password()
            accounts.append(account)
        change.create_many(accounts)
        pairs = list(zip(rows, accounts, strict=True))
        change.create_many(
            [
                RoleGrant(account=account, role=role, unit_id=row.unit_id, person_id=row.person_id)
                for row, account in pairs
            ]
        )
        made = [invitation_for(account) for account in accounts]
        change.create_many([invitation for invitation, _ in made])
        change.leads_to(reverse("accounts:list"))
        return [
            Slip(row.name, row.unit, role.label, account.username, code)
            for (row, account), (_, code) in zip(pairs, made, strict=True)
        ]


def invite_again(*, actor: Actor, chosen: frozenset[int], sent: Sent | None = None) -> list[Slip]:
    """New slips for accounts that nobody has opened yet; their older slips are void."""
    with writing(actor, "account.change", sent=sent) as change:
        accounts: Sequence[Account] = [
            account for account in unopened(change.reach) if account.pk in chosen
        ]
        if not accounts:
            raise Refusal("选中的账号都已经开通了。请回到上一步重新查看名单。")
        for account in accounts:
            require_managed(actor, account)
        change.leads_to(reverse("accounts:list"))
        return [slip_of(account, invite(change, account)) for account in accounts]


def open_account(*, actor: Actor, code: str, password: str) -> Account:
    """The first log-in: use the slip's code up, take the password. Raises Refusal if it is used."""
    with writing(actor, "session.own") as change:
        account = change.find(accounts_in(change.reach), actor.account_id)
        invitation = usable_invitation(account.username, code)
        if invitation is None:
            raise Refusal("这个开通码刚刚用过了；如果是您自己用的，请直接登录。")
        change.remember(invitation)
        invitation.used_at = change.at
        change.update(invitation)
        account.set_password(password)
        change.update(account)
        end_sessions(account)
        change.tell("opened", account)
        return account
