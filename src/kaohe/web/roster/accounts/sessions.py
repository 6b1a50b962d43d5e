"""The sessions of an account: how many there may be, and their end."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest

from kaohe.web.roster.models import Account


def end_sessions(account: Account, *, but: str = "") -> int:
    """End the account's sessions, all but the one of that key; answers how many there were."""
    sessions = list(UserSession.objects.filter(user=account).exclude(session_key=but))
    for session in sessions:
        session.end()
    return len(sessions)


def end_oldest_sessions(request: HttpRequest, account: Account) -> int:
    """After a log-in: end those that began first, until no more are left than the site allows."""
    UserSession.objects.create_from_request(request)
    sessions = UserSession.objects.filter(user=account).order_by("-created_at", "-pk")
    surplus = list(sessions[settings.SESSIONS_PER_ACCOUNT :])
    for session in surplus:
        session.end()
    return len(surplus)
