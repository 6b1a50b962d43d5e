"""Logging in and out, one's own password, second factor and sessions: allauth's pages that we use.

allauth knows more pages (sign-up, e-mail, reset by mail); a county's accounts come from an office.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import path

from kaohe.web.roster.views import logins

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("login/first/", logins.first_login, name="first_login"),
    path("login/none/", logins.no_signup, name="account_signup"),
    path("login/forgotten/", logins.no_reset, name="account_reset_password"),
    path("login/code/", factor.authenticate, name="mfa_authenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("login/inactive/", account.account_inactive, name="account_inactive"),
    path("me/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("me/confirm/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("me/password/", logins.ChangePassword.as_view(), name="account_change_password"),
    path("me/second-factor/", factor.index, name="mfa_index"),
    path("me/second-factor/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/second-factor/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "me/recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "me/recovery-codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("me/sessions/", sessions.list_usersessions, name="usersessions_list"),
]
