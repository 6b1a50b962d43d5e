"""allauth as this site uses it: no sign-up, no e-mail, accounts come from an office."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse

from kaohe.web.common.address import client_address
from kaohe.web.common.fields import decrypt, encrypt

_WRONG_CODE = "验证码不对。请看手机上现在显示的 6 位数字；手机的时间要准。恢复码每个只能用一次。"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "登录名或密码不对。连续输错 8 次要等 15 分钟；忘记密码请找县考核办公室重置。"
        ),
        "incorrect_password": "密码不对，请重新输入。",
        "enter_current_password": "现在的密码不对，请重新输入。",
        "too_many_login_attempts": "输错的次数太多，请 15 分钟后再试。",
        "rate_limited": "输错的次数太多，请 15 分钟后再试。",
        "incorrect_code": _WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        # allauth counts a name here, whatever the address, so anybody could lock anybody out.
        # axes counts name and address; of allauth's `login_failed` the codes' count remains.
        return

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        username = str(credentials.pop("username", "")).strip().lower()
        return super().authenticate(request, username=username, **credentials)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever logged in a moment ago is not asked for the password again."""
        records = get_authentication_records(self.request, self.request.user)
        timeout = app_settings.REAUTHENTICATION_TIMEOUT
        return not any(time.time() - record["at"] < timeout for record in records)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of second factors lie encrypted in the database."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "cannot_generate_recovery_codes": "先设好第二步验证，才能生成恢复码。",
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)
