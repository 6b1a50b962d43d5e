"""Workbooks that wait for somebody."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import ImportBatch
from kaohe.web.roster.queries.reach import imports_in

_State = ImportBatch.State


def imports_to_confirm(reach: Reach) -> QuerySet[ImportBatch]:
    return imports_in(reach).filter(state=_State.READY)


def imports_to_mend(reach: Reach) -> QuerySet[ImportBatch]:
    """Faulty ones, unless a later workbook went in: then nobody waits for them any more."""
    done = imports_in(reach).filter(
        state__in=[_State.CONFIRMED, _State.UNDONE], created_at__gt=OuterRef("created_at")
    )
    return imports_in(reach).filter(~Exists(done), state__in=[_State.FAULTY, _State.FAILED])
