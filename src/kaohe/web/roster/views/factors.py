"""allauth's pages of the second factor, told to the audit chain in the transaction of the write.

allauth tells by signals after its commit: what a crash cuts off there would never be told.
"""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from kaohe.web.roster.accounts.telling import tell
from kaohe.web.roster.accounts.told import FACTORS
from kaohe.web.roster.models import Account


class Activate(ActivateTOTPView):
    """A phone is set up; the first time recovery codes come with it."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        _tell("factor-on", self.request, "totp")
        if self.did_generate_recovery_codes:
            _tell("codes-made", self.request, "recovery_codes")
        return answer


class Deactivate(DeactivateTOTPView):
    """The phone and the recovery codes go; a signal of allauth's tells it, inside."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)


class GenerateCodes(GenerateRecoveryCodesView):
    """New recovery codes; the old ones are void."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        _tell("codes-made", self.request, "recovery_codes")
        return answer


class ViewCodes(ViewRecoveryCodesView):
    """The codes on a page."""

    @transaction.atomic
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().get(request, *args, **kwargs)
        _tell("codes-seen", request, "recovery_codes")
        return answer


class DownloadCodes(DownloadRecoveryCodesView):
    """The codes as a file."""

    @transaction.atomic
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        _tell("codes-seen", request, "recovery_codes")
        return answer


def _tell(verb: str, request: HttpRequest, kind: str) -> None:
    tell(verb, request, cast(Account, request.user), how=FACTORS[kind])
