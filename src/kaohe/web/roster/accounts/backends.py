"""How somebody proves who they are: by a password, or once by the code on their slip."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from kaohe.web.roster.accounts.invitations import usable_invitation
from kaohe.web.roster.models import Account


class _Backend:
    def get_user(self, account_id: int) -> Account | None:
        return Account.objects.filter(pk=account_id, is_active=True).first()


class PasswordBackend(_Backend):
    """Log-in name and password. An unknown name takes as long as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_: Any
    ) -> Account | None:
        if not username or not password:
            return None
        account = Account.objects.filter(username=username.strip().lower()).first()
        if account is None or not account.is_active:
            make_password(password)
            return None
        return account if account.check_password(password) else None


class InvitationBackend(_Backend):
    """Log-in name and invitation code, for the first log-in and after a reset."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", invitation: str = "", **_: Any
    ) -> Account | None:
        if not username or not invitation:
            return None
        found = usable_invitation(username, invitation)
        return found.account if found is not None else None
