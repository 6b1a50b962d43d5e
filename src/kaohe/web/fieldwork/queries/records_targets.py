"""What records are about: a household, a variety. A target once written keeps one spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from kaohe.scheme.model import RecordKind
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.records_subjects import Subject
from kaohe.web.roster.models import WorkYear

MOST_KNOWN = 300
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# Marks that Chinese texts have wide; what is written narrow among Chinese signs becomes so.
_MARKS = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "：", ";": "；"})
_CHINESE = "\u3400-\u9fff\U00020000-\U0003ffff"
_GAP = re.compile(rf"(?<=[{_CHINESE}（），：；·])\s+|\s+(?=[{_CHINESE}（），：；·])")


def spelled(text: str) -> str:
    """A target in its one form: letters and digits narrow, marks wide, no blanks in Chinese."""
    narrow = " ".join(text.translate(_WIDE).split())
    if re.search(f"[{_CHINESE}]", narrow):
        narrow = _GAP.sub("", narrow.translate(_MARKS))
    return narrow


def key_of(text: str) -> str:
    """What two spellings of one target have in common."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True)
class Known:
    """A target that was written before, how often in the year and when last by this sort."""

    name: str
    times: int
    latest: date | None


def known_targets(
    subject: Subject,
    sort: RecordKind,
    year: WorkYear,
    *,
    apart_from: WorkRecord | None = None,
) -> list[Known]:
    """Targets of all sorts with the same word for them, those longest untouched first.

    apart_from: a record that is being corrected; a slip in it is no spelling to keep.
    """
    if sort.target is None:
        return []
    codes = [one.code for one in year.scheme.records if one.target == sort.target]
    of_sort = Q(kind=sort.code)
    written = WorkRecord.objects.filter(subject.neighbours, county_id=year.county_id)
    if apart_from is not None:
        written = written.exclude(pk=apart_from.pk)
    rows = (
        written.filter(kind__in=codes)
        .exclude(state=WorkRecord.State.REFUSED)
        .order_by()
        .values("target")
        .annotate(times=Count("pk", of_sort & Q(year=year)), latest=Max("day", filter=of_sort))
    )
    found = [Known(row["target"], row["times"], row["latest"]) for row in rows if row["target"]]
    found.sort(key=lambda one: (one.latest or date.min, one.name))
    return found[:MOST_KNOWN]


def one_spelling(targets: Iterable[str], known: Sequence[Known]) -> list[str]:
    """Each target once, by the spelling in which it is known."""
    names = {key_of(one.name): one.name for one in known}
    found: dict[str, str] = {}
    for text in targets:
        key = key_of(text)
        if key:
            found.setdefault(key, names.get(key, spelled(text)))
    return list(found.values())
