"""Events that no action writes: log-ins, failures, second factors. Some have no account yet."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.audit.record import append
from kaohe.web.common.models import AuditEntry


def record_event(
    verb: str,
    *,
    origin: str,
    actor: Actor | None = None,
    row: models.Model | None = None,
    label: str = "",
    **after: Any,
) -> None:
    """Append one event to the chain by itself; without an actor it names nobody."""
    entry = AuditEntry(
        at=timezone.now(),
        county_id=actor.county_id if actor else None,
        actor_id=actor.account_id if actor else None,
        actor_name=actor.name if actor else "未登录",
        actor_roles=actor.role_labels if actor else "",
        origin=origin,
        request_id=uuid.uuid4(),
        action="session.own",
        verb=verb,
        object_type=row._meta.label_lower if row is not None else "",
        object_id=str(row.pk) if row is not None else "",
        object_label=(label or (str(row) if row is not None else ""))[:200],
        before={},
        after=dict(after),
    )
    with transaction.atomic():
        append([entry])
