"""One phone from which several people signed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import Question, SignIn
from kaohe.web.fieldwork.queries.anomalies.finding import Finding, Naming, days_listed, listed

# Colleagues of one village lend each other a phone, or hand one on; it is asked about when they
# signed in from it on the same day, on so many days of a month.
LENT = 3


def shared_devices(county_id: int, month: date) -> list[Finding]:
    """A question for each device from which people of several villages signed in in the month,

    or people of one village day after day.
    """
    rows = (
        SignIn.objects.filter(county_id=county_id, day__range=(month, last_of_month(month)))
        .exclude(device="")
        .select_related("posting__village")
        .order_by("day", "pk")
    )
    by_device: dict[str, list[SignIn]] = defaultdict(list)
    for row in rows:
        by_device[row.device].append(row)
    return [
        _finding(month, device, found) for device, found in by_device.items() if _striking(found)
    ]


def _striking(rows: Sequence[SignIn]) -> bool:
    if len({row.person_id for row in rows}) < 2:
        return False
    if len({row.posting.village_id for row in rows}) > 1:
        return True
    return len(_shared_days(rows)) >= LENT


def _shared_days(rows: Sequence[SignIn]) -> list[date]:
    """The days on which two or more signed in from it."""
    people: dict[date, set[int]] = defaultdict(set)
    for row in rows:
        people[row.day].add(row.person_id)
    return [day for day, found in people.items() if len(found) > 1]


def _finding(month: date, device: str, rows: Sequence[SignIn]) -> Finding:
    concerned: dict[int, int] = {}
    for row in rows:
        concerned.setdefault(row.person_id, row.posting_id)
    return Finding(
        sort=Question.Sort.DEVICE,
        key=f"device:{device[:40]}:{month:%Y-%m}",
        concerned=concerned,
        rows=tuple(("signin", row.pk) for row in rows),
        say=lambda names: _sentence(month, rows, list(concerned), names),
    )


def _sentence(month: date, rows: Sequence[SignIn], people: list[int], names: Naming) -> str:
    villages = listed([str(row.posting.village) for row in rows], measure="个村")
    one_place = len({row.posting.village_id for row in rows}) == 1
    place = f"同在{villages}，可能是同事之间共用手机" if one_place else f"分别在{villages}"
    days = _shared_days(rows)
    together = f"其中 {len(days)} 天有两人以上（{days_listed(days)}）" if days else "没有在同一天"
    return (
        f"{date_format(month, 'YEAR_MONTH_FORMAT')}，{names.all(people)}在同一台设备上签到，"
        f"共 {len(people)} 人、{len(rows)} 次，{together}；{place}。"
    )
