"""A form sent once and stored once, however often the network repeated it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import AlreadyDone, SubmissionReused
from kaohe.web.common.models import Submission

# A page left open longer than this has lost its session many times over.
KEPT = timedelta(weeks=6)


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: the id it was given when shown, and a digest of its content."""

    id: uuid.UUID
    content: str


def claim(sent: Sent, actor: Actor) -> None:
    """Store the submission's id, inside the transaction of what it does.

    A second one waits here until the first has committed, and then finds it done, with its answer's
    location; or until it was rolled back, and then does it itself. On PostgreSQL the unique index
    makes it wait, on SQLite the write lock that the transaction began with.
    """
    try:
        with transaction.atomic():
            Submission.objects.create(
                id=sent.id, account_id=actor.account_id, content=sent.content, location=""
            )
    except IntegrityError:
        raise_if_known(sent, actor)
        raise


def answered(sent: Sent, location: str) -> None:
    """Keep where the answer is, for those who send it again."""
    Submission.objects.filter(id=sent.id).update(location=location)


def raise_if_known(sent: Sent, actor: Actor) -> None:
    """Raises AlreadyDone for one done before, SubmissionReused for its id on other content."""
    known = Submission.objects.filter(id=sent.id).first()
    if known is None:
        return
    if known.account_id != actor.account_id or known.content != sent.content:
        raise SubmissionReused
    raise AlreadyDone(known.location)


def forget_old_submissions() -> int:
    """Remove submissions that nobody will send again; the number of them. Run it daily."""
    removed, _ = Submission.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return removed
