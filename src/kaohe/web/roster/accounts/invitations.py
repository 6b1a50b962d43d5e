"""The codes on invitation slips: made, printed once, used once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from kaohe.web.roster.models import Invitation

# Without the signs that look alike on paper.
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 16
VALID_FOR = timedelta(days=30)


def new_code() -> str:
    """A code of some 79 bits, in groups of four: K7QM-…"""
    return grouped("".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)))


def grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def code_hash(code: str) -> str:
    """What the table keeps of a code; hyphens, spaces and case do not matter."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(signs.encode()).hexdigest()


def usable_invitation(username: str, code: str) -> Invitation | None:
    """The invitation that this name and code open now; None for a used, late or unknown one."""
    return (
        Invitation.objects.select_related("account")
        .filter(
            account__username=username.strip().lower(),
            account__is_active=True,
            code_hash=code_hash(code),
            used_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        .first()
    )
