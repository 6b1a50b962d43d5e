"""Accounts that somebody has to look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.common.permissions import SECOND_FACTOR
from kaohe.web.roster.accounts.states import State, with_state
from kaohe.web.roster.models import Account, RoleGrant
from kaohe.web.roster.queries.reach import accounts_in

# So long an invited person may take their time.
PATIENCE = timedelta(days=14)


@dataclass(frozen=True)
class States:
    """How many accounts have no slip yet, have one (of these late), are locked by guesses."""

    uninvited: int
    invited: int
    late: int
    locked: int


def states_in(reach: Reach, today: date) -> States:
    new = Q(state=State.NEW.value)
    rows = with_state(accounts_in(reach)).annotate(invited=Max("invitations__created_at"))
    found = rows.aggregate(
        uninvited=Count("pk", filter=new & Q(invited__isnull=True)),
        given=Count("pk", filter=new & Q(invited__isnull=False)),
        late=Count("pk", filter=new & Q(invited__lt=timezone.now() - PATIENCE)),
        locked=Count("pk", filter=Q(state=State.LOCKED.value)),
    )
    return States(found["uninvited"], found["given"], found["late"], found["locked"])


def without_second_factor(reach: Reach) -> QuerySet[Account]:
    """Accounts in use whose role asks for a second factor that is not set up."""
    asking = RoleGrant.objects.filter(account=OuterRef("pk"), role__in=SECOND_FACTOR)
    return (
        accounts_in(reach)
        .filter(Exists(asking), is_active=True, last_login__isnull=False)
        .exclude(authenticator__type="totp")
    )
