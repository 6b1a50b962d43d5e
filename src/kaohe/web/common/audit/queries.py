"""Reading the log: a county's own entries, a page of them at a time, in the order of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.common.audit.chain import ALGORITHMS, START, link, sealed_values
from kaohe.web.common.models import AuditEntry

PER_PAGE = 50
SIBLINGS = 20


@dataclass(frozen=True)
class Slice:
    """A page of a list; newer and older are the entries to go on from, None at an end."""

    rows: list[AuditEntry]
    newer: int | None
    older: int | None


def entries_in(reach: Reach) -> QuerySet[AuditEntry]:
    """The county's own entries. The chain is the site's; what it tells of others stays unseen."""
    return _latest_first(AuditEntry.objects.filter(county_id=reach.county_id))


def entries_without_county() -> QuerySet[AuditEntry]:
    """What happened before anybody was known: failed log-ins under names that nobody has."""
    return _latest_first(AuditEntry.objects.filter(county_id=None))


def base_of(reach: Reach, asked: Mapping[str, str]) -> QuerySet[AuditEntry]:
    """What the list's filters narrow: the county's entries, or on demand those of no county."""
    return entries_without_county() if asked.get("scope") == "nobody" else entries_in(reach)


def visible_to(reach: Reach) -> QuerySet[AuditEntry]:
    """All that one entry's page may show."""
    return AuditEntry.objects.filter(Q(county_id=reach.county_id) | Q(county_id=None))


def slice_of(rows: QuerySet[AuditEntry], *, before: str = "", after: str = "") -> Slice:
    """The page older than the entry `before`, or newer than `after`, or the latest one.

    Goes on from an entry and not by a count: the last page is as quick as the first, and what is
    added meanwhile moves nothing. An entry that is not there counts as not given.
    """
    if (edge := _entry(after)) is not None:
        newer = Q(at__gt=edge.at) | Q(at=edge.at, seq__gt=edge.seq)
        # The plain bound lets the index be used; the disjunction alone does not.
        found = list(rows.filter(newer, at__gte=edge.at).order_by("at", "seq")[: PER_PAGE + 1])
        page = found[:PER_PAGE][::-1]
        more = len(found) > PER_PAGE
        return Slice(page, page[0].seq if page and more else None, page[-1].seq if page else None)
    edge = _entry(before)
    if edge is not None:
        older = Q(at__lt=edge.at) | Q(at=edge.at, seq__lt=edge.seq)
        rows = rows.filter(older, at__lte=edge.at)
    found = list(rows[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    more = len(found) > PER_PAGE
    return Slice(
        page,
        page[0].seq if page and edge is not None else None,
        page[-1].seq if page and more else None,
    )


def siblings_of(entry: AuditEntry) -> tuple[list[AuditEntry], int]:
    """Other entries of the same request, the first of them; and how many there are."""
    rows = AuditEntry.objects.filter(request_id=entry.request_id).exclude(seq=entry.seq)
    return list(rows.order_by("seq")[:SIBLINGS]), rows.count()


def previous_digest(entry: AuditEntry) -> str | None:
    """The digest that the entry was sealed behind; None where the entry before is gone."""
    if entry.seq == 1:
        return START
    rows = AuditEntry.objects.filter(seq=entry.seq - 1)
    return rows.values_list("digest", flat=True).first()


def follows(entry: AuditEntry, previous: str | None) -> bool:
    """Whether the entry is as it was sealed behind that digest."""
    if previous is None or entry.algorithm not in ALGORITHMS:
        return False
    return link(previous, sealed_values(entry)) == entry.digest


def _latest_first(rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    return rows.order_by("-at", "-seq")


def _entry(seq: str) -> AuditEntry | None:
    if not (seq.isascii() and seq.isdigit() and len(seq) < 19):
        return None
    return AuditEntry.objects.only("seq", "at").filter(seq=int(seq)).first()
