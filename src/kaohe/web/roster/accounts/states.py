"""The states of an account, as lists and pages show them."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Case, CharField, QuerySet, Sum, TextChoices, Value, When
from django.utils import timezone

from kaohe.web.roster.models import Account


class State(TextChoices):
    """off: by an office; locked: guessed at too often, for a while; new: not yet opened."""

    NEW = "new", "未开通"
    ON = "on", "启用"
    OFF = "off", "停用"
    LOCKED = "locked", "锁定"

    @property
    def tone(self) -> str:
        return {"new": "info", "on": "success", "off": "", "locked": "warning"}[self.value]


def with_state(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Adds `state`. A password that cannot be used (it starts with “!”) is one not yet chosen."""
    return accounts.annotate(
        state=Case(
            When(is_active=False, then=Value(State.OFF.value)),
            When(username__in=_locked_names(), then=Value(State.LOCKED.value)),
            When(password__startswith="!", then=Value(State.NEW.value)),
            default=Value(State.ON.value),
            output_field=CharField(),
        )
    )


def forget_guesses(account: Account) -> None:
    """End the account's lock-outs, from whichever address."""
    AccessAttempt.objects.filter(username=account.username).delete()


def _locked_names() -> QuerySet[AccessAttempt]:
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    return (
        AccessAttempt.objects.filter(attempt_time__gte=since)
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .values("username")
    )
