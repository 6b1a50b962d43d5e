"""Sketches of journals: which are still to be made, and those of a year."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F

from kaohe.web.fieldwork.models import Journal, JournalSketch
from kaohe.web.fieldwork.queries.likeness import sketch

# Signs without blanks; a shorter text, “下村走访”, is like any other of its kind.
SHORTEST = 30
# Of one transaction, and of one question to the database.
BATCH = 500


def text_of(journal: Journal) -> str:
    """What a journal tells of the work, without what people said about it."""
    return "\n".join(part for part in (journal.items, journal.measures, journal.results) if part)


def unsketched(county_id: int, first: date, last: date) -> list[int]:
    """The journals of those days that have no sketch, or one of an earlier version."""
    rows = Journal.objects.filter(county_id=county_id, day__range=(first, last))
    kept = JournalSketch.objects.filter(
        journal__county_id=county_id, journal__day__range=(first, last)
    )
    current = kept.filter(version=F("journal__version"))
    return list(
        rows.exclude(pk__in=current.values("journal")).order_by("pk").values_list("pk", flat=True)
    )


def new_sketches(keys: Collection[int]) -> list[JournalSketch]:
    """Sketches of those journals, not stored yet."""
    rows = Journal.objects.filter(pk__in=keys).only("items", "measures", "results", "version")
    made = []
    for row in rows.order_by("pk"):
        text = text_of(row)
        done = sketch(text) if len("".join(text.split())) >= SHORTEST else b""
        made.append(JournalSketch(journal_id=row.pk, version=row.version, sketch=done))
    return made


def sketches_of(county_id: int, first: date, last: date) -> dict[int, bytes]:
    """Journal → sketch, of all journals of those days whose text can be judged."""
    rows = JournalSketch.objects.filter(
        journal__county_id=county_id, journal__day__range=(first, last)
    )
    found = rows.exclude(sketch=b"").values_list("journal", "sketch")
    return {journal: bytes(made) for journal, made in found.iterator(10_000)}
