"""What the audit chain tells of itself."""

from __future__ import annotations

from datetime import date

from kaohe.web.common.actor import Reach
from kaohe.web.common.models import AuditEntry


def head_taken_out(reach: Reach, today: date) -> bool:
    """Whether somebody of the county printed the chain's head today."""
    return AuditEntry.objects.filter(
        county_id=reach.county_id, action="audit.export", verb="print", at__date=today
    ).exists()
