"""Whether anything that facts are counted from was stored since a moment: the audit log tells.

So a county's facts can be counted without a lock, and be stored under one a moment later.
"""

from __future__ import annotations

from django.db.models import Q

from kaohe.web.common.models import AuditChain, AuditEntry

_ROSTER = ("posting", "team", "teammember", "person", "unit", "village", "workyear")


def end_of_log() -> int:
    """How far the audit log goes now; every write is in it once it is stored, not before."""
    return AuditChain.objects.values_list("seq", flat=True).first() or 0


def changed_since(end: int, county_id: int) -> bool:
    """Whether a record of the county, or its roster, was written after that end."""
    about = Q(object_type__startswith="fieldwork.")
    about |= Q(object_type__in=[f"roster.{name}" for name in _ROSTER])
    return AuditEntry.objects.filter(about, seq__gt=end, county_id=county_id).exists()
