"""Writing down what happens around a log-in: about which account, by it, from which address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from kaohe.web.common.address import client_address
from kaohe.web.common.audit.events import record_event
from kaohe.web.roster.models import Account


def tell(verb: str, request: HttpRequest, account: Account, **after: Any) -> None:
    """Append the event to the chain; within a transaction it is stored with that or not at all."""
    origin = client_address(request)
    record_event(verb, origin=origin, actor=account.as_actor(origin), row=account, **after)
