"""Pages around the log-in that allauth has not: the first log-in, and two that say no."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.account.views import PasswordChangeView
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from kaohe.web.common.address import client_address
from kaohe.web.common.errors import Refusal
from kaohe.web.common.pages import status_of
from kaohe.web.roster.actions.invitations import open_account
from kaohe.web.roster.forms.logins import FirstLoginForm
from kaohe.web.roster.models import Account

_BACKEND = "kaohe.web.roster.accounts.backends.PasswordBackend"


@sensitive_post_parameters("invitation", "password1", "password2")
def first_login(request: HttpRequest) -> HttpResponseBase:
    """Name and code from the slip, a password of one's own, and in."""
    if request.user.is_authenticated:
        return redirect("home")
    form = FirstLoginForm(request.POST or None, initial={"username": request.GET.get("name")})
    if request.method == "POST" and form.is_valid():
        account = _opened(request, form)
        if account is not None:
            record_authentication(request, account, "password", username=account.username)
            return perform_login(request, account)
    return render(request, "account/first_login.html", {"form": form}, status=status_of(form))


def no_signup(request: HttpRequest) -> HttpResponse:
    return render(request, "account/no_signup.html")


def no_reset(request: HttpRequest) -> HttpResponse:
    return render(request, "account/no_reset.html")


class ChangePassword(PasswordChangeView):
    """allauth's page; who has no password yet is led to where one is set."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, Account) and not request.user.has_usable_password():
            return redirect("first_login")
        return super().dispatch(request, *args, **kwargs)


def _opened(request: HttpRequest, form: FirstLoginForm) -> Account | None:
    """The account with its new password; None, with what is wrong at the form."""
    values = form.cleaned_data
    # Through Django, so that axes counts what is guessed here as well.
    account = authenticate(
        request, username=values["username"].strip().lower(), invitation=values["invitation"]
    )
    if not isinstance(account, Account):
        form.add_error(
            None,
            "登录名或开通码不对，或者开通码已经用过、已经过期。已经设过密码的请直接登录；"
            "还是不行，请找县考核办公室重发开通条。",
        )
        return None
    try:
        validate_password(values["password1"], account)
        opened = open_account(
            actor=account.as_actor(client_address(request)),
            code=values["invitation"],
            password=values["password1"],
        )
    except ValidationError as error:
        form.add_error("password1", error)
        return None
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return None
    opened.backend = _BACKEND
    return opened
