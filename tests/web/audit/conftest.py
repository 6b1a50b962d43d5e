"""A chain of some entries, and hands that reach into the database past the site."""

import uuid
from types import SimpleNamespace

import pytest
from django.utils import timezone

LENGTH = 40


def entries(count, county=1, at=None, **columns):
    """Unsealed entries that differ in each column where entries may."""
    from kaohe.web.common.models import AuditEntry

    return [
        AuditEntry(
            at=at or timezone.now(),
            county_id=county,
            actor_id=number % 5 + 1,
            actor_name=f"操作人{number % 5}",
            actor_roles="指挥部办公室",
            origin="127.0.0.1",
            request_id=uuid.uuid4(),
            action="village.change",
            verb="update",
            object_type="roster.village",
            object_id=str(number),
            object_label=f"柳林村{number}",
            before={"name": f"旧名{number}", "poor": False, "exit_year": None},
            after={"name": f"新名{number}", "poor": True, "exit_year": 2016 + number},
            reason="核对" if number % 3 else "",
            **columns,
        )
        for number in range(count)
    ]


def append(some):
    from django.db import transaction

    from kaohe.web.common.audit.record import append

    with transaction.atomic():
        append(some)
    return some


@pytest.fixture
def chain(db):
    """A chain of 40 entries; returns its length and what tampers with it."""
    append(entries(LENGTH))
    return SimpleNamespace(length=LENGTH)
