"""Many entries for earlier days that came in one sitting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import Journal, Question, SignIn
from kaohe.web.fieldwork.queries.anomalies.finding import Finding, Naming, days_listed
from kaohe.web.fieldwork.queries.anomalies.moments import moments

# Entries with less than so much between them belong to one sitting.
PAUSE = timedelta(minutes=30)
# So many earlier days at once are asked about: a weekend without a network gives two.
DAYS = 4


@dataclass(frozen=True)
class _Entry:
    table: str
    pk: int
    person: int
    posting: int
    day: date
    received: datetime


def sittings(county_id: int, month: date) -> list[Finding]:
    """A question for each sitting in the month in which somebody entered several earlier days.

    A sign-in that waited on the phone for a network is of its own day, as the phone tells.
    """
    by_person: dict[int, list[_Entry]] = defaultdict(list)
    for entry in _entries(county_id, month):
        by_person[entry.person].append(entry)
    findings = []
    for entries in by_person.values():
        for sitting in _parted(sorted(entries, key=lambda one: (one.received, one.pk))):
            if len({entry.day for entry in sitting}) >= DAYS:
                findings.append(_finding(sitting))
    return findings


def _entries(county_id: int, month: date) -> list[_Entry]:
    columns = ("pk", "person", "posting", "day", "received_at")
    received = moments(month, last_of_month(month))
    journals = Journal.objects.filter(county_id=county_id, received_at__range=received)
    late = journals.annotate(came=TruncDate("received_at")).filter(came__gt=F("day"))
    found = [_Entry("journal", *row) for row in late.order_by().values_list(*columns)]
    signed = SignIn.objects.filter(county_id=county_id, received_at__range=received)
    late_ones = signed.exclude(late_reason="").order_by()
    for *row, claimed in late_ones.values_list(*columns, "claimed_at"):
        entry = _Entry("signin", *row)
        if claimed is None or timezone.localdate(claimed) != entry.day:
            found.append(entry)
    return found


def _parted(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    parts: list[list[_Entry]] = []
    for entry in entries:
        if parts and entry.received - parts[-1][-1].received <= PAUSE:
            parts[-1].append(entry)
        else:
            parts.append([entry])
    return parts


def _finding(sitting: Sequence[_Entry]) -> Finding:
    first = sitting[0]
    words = {"journal": "日志 {} 篇", "signin": "补签 {} 次"}

    def say(names: Naming) -> str:
        numbers = {table: sum(one.table == table for one in sitting) for table in words}
        parts = [words[table].format(number) for table, number in numbers.items() if number]
        since, until = (timezone.localtime(one.received) for one in (first, sitting[-1]))
        return (
            f"{names.one(first.person)}{date_format(since, 'Y年n月j日 H:i')}至{until:%H:%M}"
            f"一次补录了以前 {len({one.day for one in sitting})} 天的{'、'.join(parts)}："
            f"{days_listed(one.day for one in sitting)}。"
        )

    return Finding(
        sort=Question.Sort.SITTING,
        key=f"sitting:{first.table}:{first.pk}",
        concerned={first.person: first.posting},
        rows=tuple((one.table, one.pk) for one in sitting),
        say=say,
    )
