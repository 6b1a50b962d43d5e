"""Who confirms which records: always somebody else, and the body that the work concerns.

Who leads the monthly look at a kind of subjects (regulation 三(一)1) confirms what they report:
the bureau for poverty relief the units' records and the teams', the bureau of agriculture the
technicians', a township those of everybody posted in its villages. The headquarters may all.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.postings import people_of
from kaohe.web.fieldwork.queries.reach import work_records_in
from kaohe.web.roster.models import Person, Posting, Team

_WHOLE = frozenset([Role.HEADQUARTERS, Role.COMMAND])
_CONCERNS = {
    Role.POVERTY_BUREAU: Q(unit__isnull=False) | Q(posting__kind=Posting.Kind.VILLAGE_TEAM),
    Role.AGRICULTURE: Q(posting__kind=Posting.Kind.TECHNICIAN),
}

_NOT_YOURS = (
    "这类记录不由您确认：单位的由扶贫移民局确认，农业科技人员的由乡镇或农牧业局确认，"
    "指挥部办公室都可以确认。"
)


def waiting_for(actor: Actor) -> QuerySet[WorkRecord]:
    """The records that wait for a confirmation which the actor may give."""
    rows = work_records_in(actor.reach("record.confirm")).filter(state=WorkRecord.State.REPORTED)
    for _, condition in _bars(actor):
        rows = rows.exclude(pk__in=_barred(condition, actor))
    return rows


def oldest_waiting_for(actor: Actor) -> date | None:
    """The day on which the one that waits longest was reported."""
    row = waiting_for(actor).order_by("reported_at").first()
    return timezone.localdate(row.reported_at) if row is not None else None


def barred(actor: Actor, keys: set[int]) -> dict[int, str]:
    """Those of the records that the actor may not confirm, each with the reason."""
    found: dict[int, str] = {}
    for why, condition in _bars(actor):
        for pk in _barred(condition, actor).filter(pk__in=keys).values_list("pk", flat=True):
            found.setdefault(pk, why)
    return found


def why_not_confirmed(actor: Actor, record: WorkRecord) -> str:
    """Why the actor may not confirm, refuse or take back this record; empty when it may."""
    if not actor.may("record.confirm"):
        return "您的角色不确认工作记录。"
    reach = actor.reach("record.confirm")
    if not work_records_in(reach).filter(pk=record.pk).exists():
        return "这条记录不在您的权限范围内。"
    return barred(actor, {record.pk}).get(record.pk, "")


def _barred(condition: Q, actor: Actor) -> QuerySet[WorkRecord]:
    return WorkRecord.objects.filter(condition, county_id=actor.county_id).order_by()


def _bars(actor: Actor) -> list[tuple[str, Q]]:
    """What keeps the actor from confirming, each a condition on the record."""
    people = people_of(actor)
    own = Person.objects.filter(pk__in=people, unit__isnull=False)
    units = {grant.unit_id for grant in actor.grants} | set(own.values_list("unit", flat=True))
    teams = Team.objects.filter(members__person__in=people)
    bars = [
        ("这是本单位的工作，由指挥部办公室或扶贫移民局确认。", _of_own_unit(actor, units)),
        (
            "这是您自己的工作，要由别人确认。",
            Q(posting__person__in=people) | Q(posting__team__in=teams),
        ),
    ]
    if actor.account_id is not None:
        written = Q(reported_by_id=actor.account_id)
        bars.append(("这是您自己登记的，要由别人确认。", written))
    if not _WHOLE & set(actor.roles):
        bars.append((_NOT_YOURS, ~_concerning(actor)))
    return bars


def _of_own_unit(actor: Actor, units: set[int | None]) -> Q:
    own = Q(unit__in=units - {None})
    # A bureau is assessed as a department too; its account need not say so.
    for role in _CONCERNS.keys() & set(actor.roles):
        own |= Q(unit__name__endswith=role.label)
    return own


def _concerning(actor: Actor) -> Q:
    concerning = Q(pk__in=[])
    for grant in actor.grants:
        if grant.role in _CONCERNS:
            concerning |= _CONCERNS[grant.role]
        elif grant.role == Role.TOWNSHIP:
            concerning |= Q(posting__village__township=grant.unit_id)
    return concerning
