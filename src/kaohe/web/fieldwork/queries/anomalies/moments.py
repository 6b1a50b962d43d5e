"""Days as moments, for what is told apart by the time of receipt."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """The first moment of the first day and the last of the last, by the site's clock."""
    begin = timezone.make_aware(datetime.combine(first, time.min))
    return begin, timezone.make_aware(datetime.combine(last, time.max))
