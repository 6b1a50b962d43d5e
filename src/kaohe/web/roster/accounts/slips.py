"""Invitation slips: what is printed for somebody's first log-in, shown once and stored nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from kaohe.web.common.writing import Change
from kaohe.web.roster.accounts.invitations import VALID_FOR, code_hash, new_code
from kaohe.web.roster.models import Account, Invitation


@dataclass(frozen=True)
class Slip:
    """One slip. The code is in clear here and nowhere else."""

    name: str
    unit: str
    roles: str
    username: str
    code: str


def invitation_for(account: Account) -> tuple[Invitation, str]:
    """A new invitation, not yet stored, and its code."""
    code = new_code()
    expires = timezone.now() + VALID_FOR
    return Invitation(account=account, code_hash=code_hash(code), expires_at=expires), code


def invite(change: Change, account: Account) -> str:
    """Store a new invitation in place of those not used yet; answers its code."""
    void_invitations(change, account)
    invitation, code = invitation_for(account)
    change.create(invitation)
    return code


def void_invitations(change: Change, account: Account) -> None:
    """An older slip of the account opens nothing any more."""
    for invitation in Invitation.objects.filter(account=account, used_at__isnull=True):
        change.remember(invitation)
        invitation.expires_at = min(invitation.expires_at, timezone.now())
        change.update(invitation)


def slip_of(account: Account, code: str) -> Slip:
    grants = account.grants.select_related("unit")
    units = [grant.unit.name for grant in grants if grant.unit is not None]
    own = account.person.unit if account.person is not None else None
    unit = "、".join(units) or (own.name if own is not None else "")
    roles = "、".join(grant.get_role_display() for grant in grants)
    return Slip(account.name, unit, roles, account.username, code)
