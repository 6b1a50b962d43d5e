"""What the audit chain tells of itself."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.common.models import AuditEntry


def day_not_printed(reach: Reach, today: date) -> date | None:
    """The last day before today with entries, unless somebody of the county printed its head."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    last = AuditEntry.objects.filter(at__lt=midnight).order_by("-seq").only("at").first()
    if last is None:
        return None
    day = timezone.localdate(last.at)
    printed = AuditEntry.objects.filter(
        county_id=reach.county_id,
        action="audit.export",
        verb="print",
        object_label__startswith=f"{day} ",
        at__gte=midnight,
    )
    return None if printed.exists() else day
