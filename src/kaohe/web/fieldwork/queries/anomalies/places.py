"""Two sign-ins of one person at places too far apart for the time between."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from django.utils.formats import date_format

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import Question, SignIn
from kaohe.web.fieldwork.queries.anomalies.finding import Finding, Naming
from kaohe.web.fieldwork.queries.evidence import distance_text, metres_between

# Nobody drives faster on a county's roads, the distance taken as the crow flies.
FASTEST = 120_000  # metres an hour
# What a phone's place may be off beside the error that it tells, indoors or between masts.
OFF = 3_000  # metres
_AROUND = timedelta(days=31)  # a sign-in of an earlier day may be received so much later


def far_sign_ins(county_id: int, month: date) -> list[Finding]:
    """A question for each two sign-ins, one received right after the other, that no car joins."""
    first, last = month, last_of_month(month)
    rows = SignIn.objects.filter(
        county_id=county_id,
        day__range=(first - _AROUND, last + _AROUND),
        longitude__isnull=False,
        latitude__isnull=False,
    ).order_by("received_at", "pk")
    by_person: dict[int, list[SignIn]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
    return [
        _finding(earlier, later)
        for found in by_person.values()
        for earlier, later in pairwise(found)
        if first <= later.day <= last and _too_far(earlier, later)
    ]


def _too_far(earlier: SignIn, later: SignIn) -> bool:
    """Whether no speed joins them, errors of both places taken off."""
    errors = (earlier.accuracy or 0) + (later.accuracy or 0) + OFF
    reached = FASTEST * _between(earlier, later) / timedelta(hours=1)
    return _metres(earlier, later) - errors > reached


def _between(earlier: SignIn, later: SignIn) -> timedelta:
    """The time between, by the site's clock or the phone's, whichever gives more.

    What waited on the phone for a network is received late, all at once; the phone knows when.
    """
    received = later.received_at - earlier.received_at
    if earlier.claimed_at is None or later.claimed_at is None:
        return received
    return max(received, abs(later.claimed_at - earlier.claimed_at))


def _metres(earlier: SignIn, later: SignIn) -> float:
    one, two = ((float(row.longitude or 0), float(row.latitude or 0)) for row in (earlier, later))
    return metres_between(one, two)


def _finding(earlier: SignIn, later: SignIn) -> Finding:
    apart = distance_text(round(_metres(earlier, later)))
    between = _between(earlier, later)

    def say(names: Naming) -> str:
        errors = "、".join(f"{row.accuracy} 米" for row in (earlier, later) if row.accuracy)
        told = f"，定位误差 {errors}" if errors else ""
        return (
            f"{names.one(later.person_id)}{date_format(earlier.day, 'n月j日')}和"
            f"{date_format(later.day, 'n月j日')}的两次签到，地点相距 {apart}{told}，"
            f"中间隔 {_span(between)}；按每小时 {FASTEST // 1000} 公里也到不了。"
        )

    return Finding(
        sort=Question.Sort.PLACES,
        key=f"places:{earlier.pk}:{later.pk}",
        concerned={later.person_id: later.posting_id},
        rows=(("signin", earlier.pk), ("signin", later.pk)),
        say=say,
    )


def _span(between: timedelta) -> str:
    minutes = int(between.total_seconds()) // 60
    if minutes < 1:
        return "不到 1 分钟"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟"
    return f"{hours} 小时 {rest} 分钟" if rest else f"{hours} 小时"
