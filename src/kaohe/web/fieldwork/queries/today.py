"""Today: what somebody in the field still has to do, and who is in the villages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.calendar import days_between
from kaohe.web.fieldwork.models import Leave, SignIn
from kaohe.web.fieldwork.queries.attendance import MonthRow, month_rows
from kaohe.web.fieldwork.queries.closings import is_closed, terms_of, year_of
from kaohe.web.fieldwork.queries.leaves import overdue
from kaohe.web.fieldwork.queries.postings import Service, own_services, people_of, services_in
from kaohe.web.fieldwork.queries.reach import leaves_in, sign_ins_in
from kaohe.web.fieldwork.queries.workdays import count_working_days


@dataclass(frozen=True)
class OwnToday:
    """The day of somebody in the field."""

    day: date
    services: list[Service]
    sign_in: SignIn | None
    outside: bool
    leave: Leave | None
    months: list[MonthRow]
    working_days: int | None
    # Leaves that are over and not ended in writing, and applications still open.
    to_return: list[Leave]
    waiting: list[Leave]
    # Days on which a late sign-in is still possible.
    missing: list[date]
    late_days: int


def own_today(actor: Actor, day: date) -> OwnToday:
    """What the account's persons did and have to do, on a day and in its month."""
    reach = actor.reach("attendance.view")
    own = people_of(actor)
    first = day.replace(day=1)
    terms = terms_of(actor.county_id, day)
    row = sign_ins_in(reach).filter(person__in=own, day=day).select_related("posting__village")
    sign_in = row.first()
    leaves = leaves_in(reach).filter(person__in=own)
    approved = leaves.filter(state__in=[Leave.State.APPROVED, Leave.State.RETURNED])
    on_leave = list(approved.filter(first__lte=day, last__gte=day))
    return OwnToday(
        day=day,
        services=own_services(actor, day, day),
        sign_in=sign_in,
        outside=sign_in is not None and sign_in.outside(terms.village_radius),
        leave=next((one for one in on_leave if one.away_until >= day), None),
        months=month_rows(own_services(actor, first, day), day),
        working_days=count_working_days(actor.county_id, days_between(first, day)),
        to_return=list(overdue(leaves)),
        waiting=list(leaves.filter(state=Leave.State.APPLIED)),
        missing=_missing(actor, sign_ins_in(reach), approved, day, terms.late_sign_in),
        late_days=terms.late_sign_in,
    )


def _missing(
    actor: Actor, rows: QuerySet[SignIn], leaves: QuerySet[Leave], day: date, latest: int
) -> list[date]:
    """Days of service before today without a sign-in, on which one can still be entered."""
    first, last = day - timedelta(days=latest), day - timedelta(days=1)
    own = people_of(actor)
    done = set(rows.filter(person__in=own, day__range=(first, last)).values_list("day", flat=True))
    serving = own_services(actor, first, last)
    away = [(one.first, one.away_until) for one in leaves.filter(last__gte=first, first__lte=last)]
    return [
        one
        for one in days_between(first, last)
        if one not in done
        and any(service.serves(one) for service in serving)
        and not any(start <= one <= end for start, end in away)
        and not is_closed(year_of(actor.county_id, one), one)
    ]


@dataclass(frozen=True)
class PresentToday:
    """Somebody who serves today: signed in, away, or neither."""

    service: Service
    sign_in: SignIn | None
    outside: bool
    leave: Leave | None

    @property
    def missing(self) -> bool:
        return self.sign_in is None and self.leave is None


def present_today(reach: Reach, day: date, **conditions: object) -> list[PresentToday]:
    """All who serve on a day within reach."""
    serving = services_in(reach, day, day, **conditions)
    people = {one.person.pk for one in serving}
    signed = {row.person_id: row for row in sign_ins_in(reach).filter(day=day, person__in=people)}
    away = _away(people, day)
    radius = terms_of(reach.county_id, day).village_radius
    rows = []
    for one in serving:
        row = signed.get(one.person.pk)
        outside = row is not None and row.outside(radius)
        rows.append(PresentToday(one, row, outside, away.get(one.person.pk)))
    return rows


def _away(people: set[int], day: date) -> dict[int, Leave]:
    rows = Leave.objects.filter(
        person__in=people,
        state__in=[Leave.State.APPROVED, Leave.State.RETURNED],
        first__lte=day,
        last__gte=day,
    )
    return {one.person_id: one for one in rows if one.away_until >= day}


def numbers_of(rows: Sequence[PresentToday]) -> dict[str, int]:
    """How many serve, signed in, are on leave or official absence, and are missing."""
    return {
        "serving": len(rows),
        "signed": sum(1 for one in rows if one.sign_in is not None),
        "leave": sum(1 for one in rows if one.leave is not None and not one.leave.official),
        "official": sum(1 for one in rows if one.leave is not None and one.leave.official),
        "missing": sum(1 for one in rows if one.missing),
    }
