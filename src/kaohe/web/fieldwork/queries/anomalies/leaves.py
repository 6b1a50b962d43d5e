"""Attendance on days of an approved leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import BookEntry, Journal, Leave, Question, Settlement, SignIn
from kaohe.web.fieldwork.queries.anomalies.finding import Finding, Naming, days_listed
from kaohe.web.roster.queries.spans import span

_AWAY = (Leave.State.APPROVED, Leave.State.RETURNED)


@dataclass(frozen=True)
class _Entry:
    """A record of a day that says somebody was at work."""

    table: str
    pk: int
    person: int
    day: date


_WORDS = {"signin": ("签到", "次"), "bookentry": ("考勤簿记在村", "天"), "journal": ("日志", "篇")}


def attended_leaves(county_id: int, month: date) -> list[Finding]:
    """A question for each leave with a sign-in, a day in the book or a journal on its days.

    Who is away on duty still writes a journal, and a day that the township settled is no question
    any more.
    """
    first, last = month, last_of_month(month)
    rows = Leave.objects.filter(
        county_id=county_id, state__in=_AWAY, first__lte=last, last__gte=first
    )
    leaves = list(rows.order_by("pk"))
    entries = _entries(county_id, {leave.person_id for leave in leaves}, first, last)
    findings = []
    for leave in leaves:
        held = [
            entry
            for entry in entries[leave.person_id]
            if leave.first <= entry.day <= leave.away_until
            and not (leave.official and entry.table == "journal")
        ]
        if held:
            findings.append(_finding(month, leave, held))
    return findings


def _entries(county_id: int, people: set[int], first: date, last: date) -> dict[int, list[_Entry]]:
    """What says that those people were at work, of days that nobody settled."""
    of_days = Q(county_id=county_id, person__in=people, day__range=(first, last))
    columns = ("pk", "person", "day")
    tables = {
        "signin": SignIn.objects.filter(of_days).values_list(*columns),
        "bookentry": BookEntry.objects.filter(of_days, present=True).values_list(*columns),
        "journal": Journal.objects.filter(of_days).values_list(*columns),
    }
    settled = set(Settlement.objects.filter(of_days).values_list("person", "day"))
    found: dict[int, list[_Entry]] = defaultdict(list)
    for table, rows in tables.items():
        for pk, person, day in rows.order_by("day"):
            if (person, day) not in settled:
                found[person].append(_Entry(table, pk, person, day))
    return found


def _finding(month: date, leave: Leave, held: Sequence[_Entry]) -> Finding:
    def say(names: Naming) -> str:
        parts = []
        for table, (word, measure) in _WORDS.items():
            days = [entry.day for entry in held if entry.table == table]
            if days:
                parts.append(f"{word} {len(days)} {measure}（{days_listed(days)}）")
        return (
            f"{names.one(leave.person_id)}{span(leave.first, leave.away_until)}"
            f"{leave.get_kind_display()}已经批准，这几天里又有{'、'.join(parts)}。"
        )

    return Finding(
        sort=Question.Sort.LEAVE,
        key=f"leave:{leave.pk}:{month:%Y-%m}",
        concerned={leave.person_id: leave.posting_id},
        rows=(("leave", leave.pk), *((entry.table, entry.pk) for entry in held)),
        say=say,
    )
