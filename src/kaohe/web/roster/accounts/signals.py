"""Log-ins and all around them go into the audit chain, whoever triggered them.

Never a password, a code or a name that nobody has: some type their password into the wrong field.
"""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa import signals as factor
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest

from kaohe.web.common.address import client_address, client_network
from kaohe.web.common.audit.events import record_event
from kaohe.web.roster.accounts.sessions import end_oldest_sessions, end_sessions
from kaohe.web.roster.models import Account

_QUARTER = 15 * 60
_FACTORS = {"totp": "手机验证码", "recovery_codes": "恢复码"}


def _tell(verb: str, request: HttpRequest, account: Account, **after: Any) -> None:
    origin = client_address(request)
    record_event(verb, origin=origin, actor=account.as_actor(origin), row=account, **after)


@receiver(user_logged_in)
def _logged_in(request: HttpRequest, user: Account, **_: Any) -> None:
    _tell("login", request, user)
    if ended := end_oldest_sessions(request, user):
        _tell("sessions-ended", request, user, count=ended, why="同时登录的超过上限")


@receiver(user_logged_out)
def _logged_out(request: HttpRequest, user: Account | None, **_: Any) -> None:
    if user is not None:
        _tell("logout", request, user)


@receiver(user_login_failed)
def _login_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    if request is None or _refused_unseen(request):
        return
    account = _named(credentials.get("username"))
    if account is None:
        # One entry a network and quarter of an hour, or a guesser could fill the chain.
        if cache.add(f"unknown-name:{client_network(request)}", True, _QUARTER):
            record_event(
                "login-failed", origin=client_address(request), label="不存在的登录名", how="登录名"
            )
        return
    how = "开通码" if "invitation" in credentials else "密码"
    _tell("login-failed", request, account, how=how)


@receiver(user_locked_out)
def _locked_out(request: HttpRequest, username: str, **_: Any) -> None:
    # Sent at each try; only the failure that was counted last began the lock-out.
    account = _named(username)
    if account is not None and not _refused_unseen(request):
        _tell("locked-out", request, account)


@receiver(password_changed)
def _password_changed(request: HttpRequest, user: Account, **_: Any) -> None:
    ended = end_sessions(user, but=request.session.session_key or "")
    _tell("password-changed", request, user, sessions_ended=ended)


@receiver(factor.authenticator_added)
def _factor_on(request: HttpRequest, user: Account, authenticator: Any, **_: Any) -> None:
    _tell("factor-on", request, user, how=_FACTORS[authenticator.type])


@receiver(factor.authenticator_removed)
def _factor_off(request: HttpRequest, user: Account, authenticator: Any, **_: Any) -> None:
    _tell("factor-off", request, user, how=_FACTORS[authenticator.type])


@receiver(factor.authenticator_reset)
def _codes_made(request: HttpRequest, user: Account, authenticator: Any, **_: Any) -> None:
    _tell("codes-made", request, user, how=_FACTORS[authenticator.type])


@receiver(factor.authenticator_used)
def _code_used(request: HttpRequest, user: Account, authenticator: Any, **_: Any) -> None:
    if authenticator.type == "recovery_codes":
        _tell("code-used", request, user, how=_FACTORS[authenticator.type])


@receiver(factor.authentication_failed)
def _code_failed(request: HttpRequest, user: Account, authenticator: Any, **_: Any) -> None:
    _tell("login-failed", request, user, how=_FACTORS[authenticator.type])


def _refused_unseen(request: HttpRequest) -> bool:
    """Whether axes refused a try during a lock-out: nothing is looked at, nothing counted."""
    counted = getattr(request, "axes_failures_since_start", None) is not None
    return getattr(request, "axes_locked_out", False) and not counted


def _named(username: object) -> Account | None:
    return Account.objects.filter(username=str(username or "").strip().lower()).first()
