"""One photo that several people handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import Evidence, Question
from kaohe.web.fieldwork.queries.anomalies.finding import Finding, Naming
from kaohe.web.fieldwork.queries.anomalies.moments import moments
from kaohe.web.fieldwork.queries.postings import services
from kaohe.web.roster.models import Posting

_NAMED = 4


def shared_photos(county_id: int, month: date) -> list[Finding]:
    """A question for each picture that came in the month and that somebody else handed in too.

    The same means the same bytes: two pictures of one event are never the same.
    """
    pictures = Evidence.objects.filter(
        county_id=county_id, kind=Evidence.Kind.IMAGE, person__isnull=False
    )
    now = pictures.filter(created_at__range=moments(month, last_of_month(month)))
    same = pictures.filter(sha256__in=now.order_by().values("sha256"))
    until = moments(month, last_of_month(month))[1]
    by_content: dict[str, list[Evidence]] = defaultdict(list)
    for row in same.filter(created_at__lte=until).order_by("created_at", "pk"):
        by_content[row.sha256].append(row)
    found = {
        content: rows
        for content, rows in by_content.items()
        if len({row.person_id for row in rows}) > 1
    }
    postings = _postings(county_id, [row for rows in found.values() for row in rows])
    findings = (_finding(month, content, rows, postings) for content, rows in sorted(found.items()))
    return [one for one in findings if one.concerned]


def _postings(county_id: int, rows: Sequence[Evidence]) -> dict[tuple[int, date], int]:
    """Person and day of receipt → the posting then."""
    if not rows:
        return {}
    days = [_day(row) for row in rows]
    people = {row.person_id for row in rows}
    there = Q(person__in=people) | Q(team__members__person__in=people)
    candidates = Posting.objects.filter(there, county_id=county_id).distinct()
    serving = services(
        candidates.select_related("person", "team", "department", "village__township"),
        min(days),
        max(days),
    )
    return {
        (one.person.pk, day): one.posting.pk
        for one in serving
        for day in set(days)
        if one.serves(day)
    }


def _day(row: Evidence) -> date:
    return timezone.localdate(row.created_at)


def _finding(
    month: date, content: str, rows: Sequence[Evidence], postings: dict[tuple[int, date], int]
) -> Finding:
    concerned: dict[int, int] = {}
    for row in rows:
        key = row.person_id or 0, _day(row)
        if key in postings:
            concerned.setdefault(key[0], postings[key])

    def say(names: Naming) -> str:
        told = [
            f"{names.one(row.person_id or 0)}（{date_format(_day(row))}）" for row in rows[:_NAMED]
        ]
        more = "等" if len(rows) > _NAMED else ""
        number = len({row.person_id for row in rows})
        return (
            f"同一张照片（文件内容完全相同）由 {number} 人交来 {len(rows)} 次："
            f"{'、'.join(told)}{more}。"
        )

    return Finding(
        sort=Question.Sort.PHOTOS,
        key=f"photos:{content[:40]}:{month:%Y-%m}",
        concerned=concerned,
        rows=tuple(("evidence", row.pk) for row in rows),
        say=say,
    )
