"""Accounts that somebody has to look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.common.permissions import SECOND_FACTOR
from kaohe.web.roster.models import Account, RoleGrant
from kaohe.web.roster.queries.reach import accounts_in

# So long an invited person may take their time.
PATIENCE = timedelta(days=14)


@dataclass(frozen=True)
class Unused:
    """Accounts that nobody used yet: without a slip, with one, with one for more than two weeks."""

    uninvited: int
    invited: int
    late: int


def unused_in(reach: Reach, today: date) -> Unused:
    now = timezone.now()
    rows = (
        accounts_in(reach)
        .filter(is_active=True, last_login__isnull=True)
        .annotate(invited=Max("invitations__created_at"))
    )
    found = rows.aggregate(
        uninvited=Count("pk", filter=Q(invited__isnull=True)),
        given=Count("pk", filter=Q(invited__isnull=False)),
        late=Count("pk", filter=Q(invited__lt=now - PATIENCE)),
    )
    return Unused(found["uninvited"], found["given"], found["late"])


def without_second_factor(reach: Reach) -> QuerySet[Account]:
    """Accounts in use whose role asks for a second factor that is not set up."""
    asking = RoleGrant.objects.filter(account=OuterRef("pk"), role__in=SECOND_FACTOR)
    return (
        accounts_in(reach)
        .filter(Exists(asking), is_active=True, last_login__isnull=False)
        .exclude(authenticator__type="totp")
    )


def locked_out(reach: Reach) -> QuerySet[Account]:
    """Accounts at which somebody guessed so often that they are shut for a while."""
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return accounts_in(reach).filter(username__in=attempts.values("username"))
